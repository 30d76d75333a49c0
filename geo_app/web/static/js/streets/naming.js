/** Names as they are typed: how they are spelled, and which streets of the county are called alike. */

import { read } from "../api.js";
import { element, say } from "../board/settings.js";

const PAUSE = 250;

function told({ spelling, alike }) {
  const spelled = element("div", { class: "hint", lang: "zh-Latn-pinyin" }, say("spelledSo", { pinyin: spelling.pinyin }));
  if (alike.length === 0) return [spelled, element("div", { class: "hint" }, say("noAlike"))];
  const items = alike.map((one) => element("li", {},
    element("a", { href: `/streets/${one.id}`, target: "_blank" }, one.name), ` ${one.division ?? ""} `,
    element("span", { class: `badge ${one.severity}`, title: say(`severity_${one.severity}`) }, one.why)));
  return [spelled, element("div", {}, say("alikeFound")), element("ul", {}, ...items)];
}

/** Look a name up a moment after the last key; an answer that is overtaken by the next key is left aside. */
function bind(input) {
  const target = document.querySelector(input.dataset.alike);
  let asked = null;
  let waiting = 0;
  const look = async () => {
    asked?.abort();
    asked = new AbortController();
    const name = input.value.trim();
    if (!name) return target.replaceChildren();
    try {
      const query = new URLSearchParams({ name, but: input.dataset.but ?? "" });
      return target.replaceChildren(...told(await read(`/api/v1/street-names?${query}`, { signal: asked.signal })));
    } catch (problem) {
      return problem.name === "AbortError" ? undefined : target.replaceChildren(element("div", { class: "hint" }, problem.message));
    }
  };
  input.addEventListener("input", () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(look, PAUSE);
  });
  if (input.value) look();
}

document.querySelectorAll("input[data-alike]").forEach(bind);
