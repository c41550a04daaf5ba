// Where images come from: a file, a drop, the clipboard, or the drawn samples.

import * as api from "./api.js";

const byId = identifier => document.getElementById(identifier);

function imageOf(transfer) {
  return [...(transfer?.files ?? [])].find(file => file.type.startsWith("image/")) ?? transfer?.files?.[0] ?? null;
}

/** Listens for images. Each is told as { name, blob }. */
export function listen(choose) {
  const take = file => {
    if (!file) return;
    press(null);
    choose({ name: file.name, blob: file });
  };
  byId("file").addEventListener("change", event => {
    take(event.target.files[0]);
    event.target.value = "";
  });
  document.addEventListener("paste", event => take(imageOf(event.clipboardData)));
  const veil = byId("drop-veil");
  document.addEventListener("dragover", event => {
    event.preventDefault();
    veil.hidden = false;
  });
  document.addEventListener("dragleave", event => {
    if (event.relatedTarget === null) veil.hidden = true;
  });
  document.addEventListener("drop", event => {
    event.preventDefault();
    veil.hidden = true;
    take(imageOf(event.dataTransfer));
  });
}

function press(name) {
  for (const button of byId("samples").children) button.setAttribute("aria-pressed", String(button.dataset.name === name));
}

/** Offers the samples, and chooses one of them. */
export async function offer(first, choose) {
  const samples = await api.samples();
  const pick = async name => {
    press(name);
    choose({ name, blob: await (await fetch(api.samplePath(name))).blob() });
  };
  byId("samples").replaceChildren(...samples.map(sample => {
    const button = document.createElement("button"), image = document.createElement("img");
    image.src = api.samplePath(sample.name);
    image.alt = "";
    button.type = "button";
    button.dataset.name = sample.name;
    button.title = sample.description;
    button.setAttribute("aria-label", `${sample.name}: ${sample.description}`);
    button.append(image);
    button.addEventListener("click", () => pick(sample.name));
    return button;
  }));
  await pick(samples.some(sample => sample.name === first) ? first : samples[0].name);
}
