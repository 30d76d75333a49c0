/** Findings: worst first; a click chooses the building. */

import { on } from "../board/events.js";
import { element, find, say } from "../board/settings.js";
import { choose } from "./drawing.js";

const ORDER = { error: 0, warning: 1, info: 2 };

function show({ findings }) {
  const sorted = [...findings].sort((a, b) => ORDER[a.severity] - ORDER[b.severity]);
  find("#finding-list").replaceChildren(...sorted.map(item));
  find("#finding-empty").hidden = sorted.length > 0;
  const count = find("#finding-count");
  count.textContent = String(sorted.length);
  count.className = `badge ${sorted[0]?.severity ?? ""}`;
}

function item({ severity, message, keys }) {
  const button = element("button", { type: "button" }, element("span", { class: `badge ${severity}` }, say(severity)), element("span", {}, message));
  button.addEventListener("click", () => keys.length && choose(keys[0], "finding"));
  return element("li", {}, button);
}

on("numbers", show);
