// One model and what it makes of the image.

import * as api from "./api.js";
import { drawError, drawImage, drawRamp, drawTokenMap, HOTTEST, pixelsOf, tokenColour } from "./pictures.js";
import { Strip } from "./strip.js";

const EXPLAIN_AFTER = 220;

const MARKUP = `
  <div class="panel-head"><h3></h3><p></p></div>
  <dl class="numbers">
    <div class="lead"><dt>tokens</dt><dd><b data-number="tokens">–</b><span data-number="of"></span></dd></div>
    <div data-of="error"><dt>error</dt><dd data-number="error">–</dd></div>
    <div><dt>bits</dt><dd data-number="bits">–</dd></div>
    <div><dt>SSIM</dt><dd data-number="ssim">–</dd></div>
    <div><dt>milliseconds</dt><dd data-number="milliseconds">–</dd></div>
  </dl>
  <div class="pictures">
    <figure><canvas data-picture="original" role="img" aria-label="What the model saw"></canvas><figcaption>Original <span data-number="size"></span></figcaption></figure>
    <figure><canvas data-picture="reconstruction" role="img" aria-label="The reconstruction"></canvas><figcaption>Reconstruction</figcaption></figure>
    <figure><canvas data-picture="error" role="img" aria-label="Where the error is"></canvas><figcaption>Error <span class="ramp">0 <canvas data-picture="ramp" aria-hidden="true"></canvas> ${HOTTEST}</span></figcaption></figure>
    <figure><canvas data-picture="tokens" role="img" aria-label="Which token each region rests on"></canvas><figcaption>Token map <span data-number="selected"></span></figcaption></figure>
  </div>
  <div class="strip-head"><b>Tokens kept</b><span>coloured: kept, as high as the model is sure; grey: halted</span></div>
  <div data-strip></div>
  <p class="strip-note"></p>`;

let panels = 0;

export class Panel {
  #running = new AbortController();
  #seen = {};
  #shown = null;
  #strip;

  constructor(model) {
    this.model = model;
    this.element = document.createElement("article");
    this.element.className = "panel";
    this.element.innerHTML = MARKUP;
    this.element.setAttribute("aria-label", model.name);
    this.#find("h3").textContent = model.name;
    this.#find(".panel-head p").textContent = `${model.family} over ${model.base}, at most ${model.maximum_budget} tokens`;
    this.#number("size", `${model.image_size} × ${model.image_size}`);
    drawRamp(this.#find("[data-picture=ramp]"));
    const strip = this.#find("[data-strip]");
    strip.setAttribute("aria-label", `Tokens of ${model.name}`);
    this.#strip = new Strip(strip, `token-${panels++}`, () => this.#drawMap());
    this.#note();
  }

  /** Asks for an image and shows what comes; what was asked before is given up. Gives a sentence, or nothing if this was given up too. */
  async run(source, settings) {
    this.stop();
    const { signal } = (this.#running = new AbortController());
    this.element.setAttribute("aria-busy", "true");
    try {
      // What the model saw of an image gives the same again, and is small: sliders do not send a large photo each time.
      const image = this.#seen.source === source ? this.#seen.blob : source.blob;
      const answer = await api.reconstruct(image, this.model.name, this.#fit(settings), signal);
      const [original, reconstruction] = await Promise.all([pixelsOf(answer.original), pixelsOf(answer.reconstruction)]);
      if (signal.aborted) return null;
      this.#seen = { source, blob: original.blob };
      this.#show(answer, original.pixels, reconstruction.pixels);
      this.element.setAttribute("aria-busy", "false");
      this.#explain(answer.line, signal);
      return `${this.model.name}: ${answer.line.tokens} of ${answer.line.budget} tokens, error ${answer.error.toFixed(3)}`;
    } catch (error) {
      if (signal.aborted) return null;
      this.element.setAttribute("aria-busy", "false");
      throw error;
    }
  }

  /** Gives up what is being asked. */
  stop() {
    this.#running.abort();
  }

  #find(selector) {
    return this.element.querySelector(selector);
  }

  get #map() {
    return this.#find("[data-picture=tokens]");
  }

  #number(name, text) {
    this.#find(`[data-number=${name}]`).textContent = text;
  }

  /** A budget that this model can have. */
  #fit({ epsilon, budget }) {
    const { maximum_budget: most, budget_step: step } = this.model;
    return { epsilon, budget: Math.max(step, Math.floor(Math.min(budget, most) / step) * step) };
  }

  #show(answer, original, reconstruction) {
    const { line } = answer;
    this.#number("tokens", line.tokens);
    this.#number("of", `of ${line.budget}`);
    this.#number("error", answer.error.toFixed(3));
    this.#find("[data-of=error]").classList.toggle("missed", answer.error > line.epsilon);
    this.#find("[data-of=error] dt").textContent = answer.error > line.epsilon ? "error (missed)" : "error";
    this.#number("bits", Math.round(line.bits));
    this.#number("ssim", answer.ssim?.toFixed(3) ?? "–");
    this.#number("milliseconds", line.milliseconds.toFixed(1));
    drawImage(this.#find("[data-picture=original]"), original);
    drawImage(this.#find("[data-picture=reconstruction]"), reconstruction);
    drawError(this.#find("[data-picture=error]"), original, reconstruction);
    this.#shown = { line, original, explanation: null };
    this.#map.classList.add("stale");
    delete this.element.dataset.explained;
    this.#strip.show(line.positions, line.budget, this.model.maximum_budget, answer.halting_probabilities, index => tokenColour(index, line.tokens));
    this.#note();
  }

  async #explain(line, signal) {
    await new Promise(resume => setTimeout(resume, EXPLAIN_AFTER));
    if (signal.aborted) return;
    try {
      const explanation = await api.explain(line, this.model.name, signal);
      if (signal.aborted) return;
      this.#shown.explanation = explanation;
      this.#map.classList.remove("stale");
      this.#drawMap();
      this.element.dataset.explained = line.tokens;
    } catch (error) {
      if (!signal.aborted) this.#find(".strip-note").textContent = `No token map: ${error.message}`;
    }
  }

  #drawMap() {
    if (this.#shown?.explanation) {
      const { original, explanation, line } = this.#shown;
      drawTokenMap(this.#map, original, explanation, index => tokenColour(index, line.tokens), this.#strip.selected);
    }
    this.#note();
  }

  #note() {
    const selected = this.#strip.selected, line = this.#shown?.line;
    this.#number("selected", selected < 0 ? "" : `token ${line.positions[selected]}`);
    this.#find(".strip-note").textContent = selected < 0
      ? "The map shows the token that each region rests on most. Pick a token to see its region alone."
      : `Token ${line.positions[selected]}${line.codes ? `, code ${line.codes[selected]}` : ""}: where the picture changes when it is left out. Escape shows all again.`;
  }
}
