/** One place where the parts of the board tell each other what happened. */

const target = new EventTarget();

export const on = (name, listener) => target.addEventListener(name, (event) => listener(event.detail));
export const tell = (name, detail) => target.dispatchEvent(new CustomEvent(name, { detail }));
