// The page: an image and two sliders, and one panel for each model that is looked at.

import * as api from "./api.js";
import { Panel } from "./panel.js";
import { listen, offer } from "./source.js";

const DEBOUNCE = 40, SAY_AFTER = 500, EPSILON_STEP = 0.005;
const byId = identifier => document.getElementById(identifier);
const epsilon = byId("epsilon"), budget = byId("budget"), problem = byId("problem"), compare = byId("compare");
let models = [], panels = [], source = null, waiting = 0, saying = 0;

function settings() {
  return { epsilon: Number(epsilon.value), budget: Number(budget.value) };
}

function complain(sentence) {
  problem.textContent = sentence ?? "";
  problem.hidden = !sentence;
}

/** Screen readers hear the result when the sliders rest. */
function say(sentences) {
  clearTimeout(saying);
  saying = setTimeout(() => (byId("status").textContent = sentences.join(". ")), SAY_AFTER);
}

async function runAll() {
  if (!source) return;
  try {
    const sentences = await Promise.all(panels.map(panel => panel.run(source, settings())));
    if (sentences.includes(null)) return;
    complain(null);
    say(sentences);
  } catch (error) {
    panels.forEach(panel => panel.stop());
    complain(error.message);
  }
}

function runSoon() {
  byId("epsilon-value").textContent = settings().epsilon.toFixed(3);
  byId("budget-value").textContent = settings().budget;
  clearTimeout(waiting);
  waiting = setTimeout(runAll, DEBOUNCE);
}

function choose(next) {
  source = next;
  byId("source-name").textContent = next.name;
  runAll();
}

function range(input, least, most, step, value) {
  Object.assign(input, { min: least, max: most, step });
  input.value = value;
}

function showPanels() {
  panels.forEach(panel => panel.stop());
  const second = models.find(model => model.name === compare.value);
  panels = [models[0], ...(second ? [second] : [])].map(model => new Panel(model));
  byId("panels").classList.toggle("two", panels.length === 2);
  byId("panels").replaceChildren(...panels.map(panel => panel.element));
  runAll();
}

function offerComparison() {
  const others = models.slice(1);
  byId("compare-box").hidden = others.length === 0;
  compare.replaceChildren(new Option("nothing", ""), ...others.map(model => new Option(model.name, model.name)));
  compare.value = others[0]?.name ?? "";
  compare.addEventListener("change", showPanels);
}

async function start() {
  models = await api.models();
  const [first] = models, most = Math.max(...models.map(model => model.maximum_budget));
  range(epsilon, EPSILON_STEP, Math.ceil(first.default_epsilon * 50) / 20, EPSILON_STEP, first.default_epsilon);
  range(budget, first.budget_step, most, first.budget_step, first.default_budget);
  epsilon.addEventListener("input", runSoon);
  budget.addEventListener("input", runSoon);
  offerComparison();
  showPanels();
  listen(choose);
  runSoon();
  await offer("scene", choose);
}

start().catch(error => complain(error.message));
