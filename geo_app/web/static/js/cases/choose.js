/** A search field with a list under it: type, wait a moment, take one with the mouse or the keyboard. */

import { Offline, read } from "../api.js";
import { complain } from "../board/notes.js";
import { element } from "../board/settings.js";

const WAIT = 250;

/** Bind `field` to `list`: `address(text)` is asked, `describe(item)` gives [title, hint], `take(item)` is told. */
export function choose({ field, list, address, describe, take, nothing }) {
  let timer = null;
  let running = null;

  function show(items) {
    list.replaceChildren(...items.map((item) => {
      const [title, hint] = describe(item);
      const button = element("button", { type: "button", role: "option" }, title, " ", element("span", { class: "hint" }, hint));
      button.addEventListener("click", () => { list.replaceChildren(); field.value = title; take(item); });
      return element("li", { role: "none" }, button);
    }));
    if (items.length === 0) list.append(element("li", { class: "hint" }, nothing));
  }

  async function ask() {
    running?.abort();
    running = new AbortController();
    const text = field.value.trim();
    if (text === "") { list.replaceChildren(); return; }
    try {
      show((await read(address(text), { signal: running.signal })).items);
    } catch (problem) {
      if (problem instanceof Offline || problem.status !== undefined || problem.name === "AbortError") complain(problem);
      else throw problem;
    }
  }

  field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); list.querySelector("button")?.click(); }
    if (event.key === "ArrowDown") { event.preventDefault(); list.querySelector("button")?.focus(); }
  });
  list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
    if (!step) return;
    event.preventDefault();
    const beside = event.target.closest("li")?.[step];
    (beside?.querySelector("button") ?? field).focus();
  });
}
