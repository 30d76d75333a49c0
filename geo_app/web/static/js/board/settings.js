/** What the page hands to its scripts: settings, rights, sentences in the reader's language. */

export const settings = JSON.parse(document.querySelector("#board-settings").textContent);

export const may = (permission) => settings.may.includes(permission);

/** Return the sentence of `key` with its `{fields}` filled. */
export function say(key, values = {}) {
  const pattern = settings.words[key] ?? key;
  return pattern.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
}

export const find = (selector) => document.querySelector(selector);

/** Return a new element; `content` is text or elements, never markup. */
export function element(name, attributes = {}, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...content);
  return made;
}

export const clock = (instant = new Date()) =>
  instant.toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });
