/** Calls of the application's own API: JSON both ways, the CSRF token on what writes, refusals as errors with a sentence. */

export class Refusal extends Error {
  constructor(status, name, message) {
    super(message);
    this.status = status;
    this.name = name;
  }
}

/** The server did not answer at all. */
export class Offline extends Error {}

const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";

/** Return the JSON answer of `path`; `version` is the version the caller saw (If-Match). */
export async function call(method, path, { body, version, signal } = {}) {
  const headers = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (version !== undefined) headers["If-Match"] = String(version);
  if (method !== "GET") headers["X-CSRFToken"] = token();
  let answer;
  try {
    answer = await fetch(path, { method, headers, signal, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch (problem) {
    if (problem.name === "AbortError") throw problem;
    throw new Offline(problem.message);
  }
  const content = answer.status === 204 ? null : await answer.json().catch(() => null);
  if (!answer.ok) throw new Refusal(answer.status, content?.error ?? "Error", content?.message ?? answer.statusText);
  return content;
}

export const read = (path, options) => call("GET", path, options);
export const write = (path, body, options = {}) => call("POST", path, { ...options, body });
export const replace = (path, body, options = {}) => call("PUT", path, { ...options, body });
export const change = (path, body, options = {}) => call("PATCH", path, { ...options, body });
export const remove = (path, options = {}) => call("DELETE", path, options);
