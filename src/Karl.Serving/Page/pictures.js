// Pixels onto canvases: images, the difference of two as a heat map, and which token each region rests on.

const RAMP = [[0, 0, 4], [40, 11, 84], [101, 21, 110], [159, 42, 99], [212, 72, 66], [245, 125, 21], [250, 193, 39], [252, 255, 164]];

/** The error that the hottest colour stands for. */
export const HOTTEST = 0.4;

function heat(share) {
  const place = Math.min(1, Math.max(0, share)) * (RAMP.length - 1);
  const low = Math.min(RAMP.length - 2, Math.floor(place));
  return RAMP[low].map((value, channel) => value + (RAMP[low + 1][channel] - value) * (place - low));
}

/** A colour for each kept token, from the first to the last. */
export const tokenColour = (index, count) => `oklch(0.7 0.135 ${Math.round(40 + (300 * index) / Math.max(1, count))})`;

/** Decodes a PNG in base64 into pixels. */
export async function pixelsOf(base64) {
  const bytes = Uint8Array.from(atob(base64), letter => letter.charCodeAt(0));
  const blob = new Blob([bytes], { type: "image/png" });
  const bitmap = await createImageBitmap(blob);
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d", { willReadFrequently: true });
  context.drawImage(bitmap, 0, 0);
  return { blob, pixels: context.getImageData(0, 0, bitmap.width, bitmap.height) };
}

function sized(canvas, pixels) {
  canvas.width = pixels.width;
  canvas.height = pixels.height;
  return canvas.getContext("2d");
}

export const drawImage = (canvas, pixels) => sized(canvas, pixels).putImageData(pixels, 0, 0);

/** The mean absolute difference of red, green and blue at each pixel. */
export function drawError(canvas, first, second) {
  const result = new ImageData(first.width, first.height);
  for (let at = 0; at < result.data.length; at += 4) {
    let sum = 0;
    for (let channel = 0; channel < 3; channel++) sum += Math.abs(first.data[at + channel] - second.data[at + channel]);
    result.data.set([...heat(sum / 765 / HOTTEST), 255], at);
  }
  sized(canvas, first).putImageData(result, 0, 0);
}

export function drawRamp(canvas) {
  const result = new ImageData(64, 1);
  for (let x = 0; x < 64; x++) result.data.set([...heat(x / 63), 255], x * 4);
  sized(canvas, result).putImageData(result, 0, 0);
}

/**
 * The image in grey, under the colour of the token that each region rests on most, the stronger the more; or where one token matters.
 * At least 256 pixels wide, so that regions have sharp edges.
 */
export function drawTokenMap(canvas, image, explanation, colourOf, selected) {
  const side = Math.max(256, image.width), { grid, maps } = explanation, cell = side / grid;
  canvas.width = canvas.height = side;
  const context = canvas.getContext("2d");
  const source = new OffscreenCanvas(image.width, image.height);
  source.getContext("2d").putImageData(image, 0, 0);
  context.filter = "grayscale(1) contrast(0.8)";
  context.imageSmoothingEnabled = false;
  context.drawImage(source, 0, 0, side, side);
  context.filter = "none";
  const strongest = selected < 0 ? 255 : Math.max(1, ...maps[selected]);
  for (let index = 0; index < grid * grid; index++) {
    const token = selected < 0 ? maps.reduce((best, map, candidate) => (map[index] > maps[best][index] ? candidate : best), 0) : selected;
    if (!maps.length) return;
    const share = maps[token][index] / strongest;
    context.globalAlpha = selected < 0 ? 0.25 + 0.6 * Math.sqrt(share) : 0.92 * share;
    context.fillStyle = colourOf(token);
    const x = Math.round((index % grid) * cell), y = Math.round(Math.floor(index / grid) * cell);
    context.fillRect(x, y, Math.round(cell), Math.round(cell));
  }
  context.globalAlpha = 1;
}
