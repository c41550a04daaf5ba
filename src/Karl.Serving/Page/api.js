// What the page asks the server. Problems come as RFC 9457 says; their sentence is what people see.

async function answerOf(response) {
  if (response.ok) return response.json();
  let sentence = `The server answered ${response.status}.`;
  if (response.headers.get("Content-Type")?.startsWith("application/problem+json")) sentence = (await response.json()).detail;
  throw new Error(sentence);
}

async function ask(path, options) {
  try {
    return await answerOf(await fetch(path, options));
  } catch (error) {
    if (error instanceof TypeError) throw new Error("The server does not answer; is it still running?");
    throw error;
  }
}

export const models = async () => (await ask("/v1/models")).models;

export const samples = async () => (await ask("/v1/samples")).samples;

export const samplePath = name => `/v1/samples/${encodeURIComponent(name)}`;

/** Tokens of an image, the image that they give back, and how far the two are apart. */
export const reconstruct = (image, model, { epsilon, budget }, signal) =>
  ask(`/v1/reconstruct?${new URLSearchParams({ model, epsilon, budget })}`, {
    method: "POST",
    headers: { Accept: "application/json", "Content-Type": "application/octet-stream" },
    body: image,
    signal,
  });

/** Where each token of a line matters. */
export const explain = (line, model, signal) =>
  ask(`/v1/explain?${new URLSearchParams({ model })}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(line),
    signal,
  });
