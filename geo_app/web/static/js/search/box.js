/** The search box of every page: suggestions while one types, chosen by keyboard or pointer (ARIA combobox with a list). */

import { read } from "../api.js";
import { shown } from "../board/shown.js";
import { createList } from "./list.js";

const PAUSE = 120;
const SHORTEST = 2;

/** Bind the box's form; what was typed before its script came is looked up at once. */
export function bindBox(form) {
  const input = form.querySelector("input");
  const words = JSON.parse(form.dataset.words);
  const list = createList(form, words);
  let waiting = 0;
  let asking = new AbortController();

  async function suggest() {
    asking.abort();
    asking = new AbortController();
    const text = input.value.trim();
    if (text.length < SHORTEST) {
      list.close();
      return;
    }
    try {
      const { items } = await read(`${form.dataset.suggest}?${new URLSearchParams({ q: text.slice(0, 200) })}`, { signal: asking.signal });
      if (document.activeElement === input) list.fill(items);
    } catch (problem) {
      // Without suggestions the box still searches.
      if (problem.name !== "AbortError") list.close();
    }
  }

  async function choose(item) {
    list.close();
    input.value = item.kind === "address" ? item.text : `${item.where}${item.text}`;
    if (item.address_id && form.dataset.address) await lead(item);
    else form.submit();
  }

  /** Move the page's map to an address; without a map, or where the address has no place, go to its page. */
  async function lead(item) {
    const page = `${form.dataset.address}${item.address_id}`;
    const found = shown.map && (await read(`${form.dataset.find}?${new URLSearchParams({ q: item.text })}`).catch(() => null));
    if (found?.address_id !== item.address_id || found.lon === null) {
      window.location.assign(page);
      return;
    }
    const { mark } = await import("./mark.js");
    mark(found, { page, words });
  }

  const keys = {
    ArrowDown: () => (list.open ? list.step(1) : suggest()),
    ArrowUp: () => list.step(-1),
    Enter: () => list.active && choose(list.active),
    Escape: () => list.open && list.close(),
  };

  input.addEventListener("keydown", (event) => {
    // While a Chinese input method is at work, its keys are its own.
    if (event.isComposing || !keys[event.key]) return;
    const taken = event.key === "Enter" || event.key === "Escape" ? list.open && (event.key === "Escape" || list.active) : true;
    if (taken) event.preventDefault();
    keys[event.key]();
  });
  input.addEventListener("input", () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(suggest, PAUSE);
  });
  input.addEventListener("blur", () => {
    window.clearTimeout(waiting);
    asking.abort();
    list.close();
  });
  form.addEventListener("submit", () => list.close());
  list.chosen(choose);
  if (input.value !== input.defaultValue) suggest();
}
