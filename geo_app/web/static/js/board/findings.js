/** Findings: worst first; a click jumps to the place. */

import { on, tell } from "./events.js";
import { choose } from "./state.js";
import { element, find, say } from "./settings.js";

const list = find("#finding-list");
const ORDER = { error: 0, warning: 1, info: 2 };

function show({ findings }) {
  const sorted = [...findings].sort((a, b) => ORDER[a.severity] - ORDER[b.severity]);
  list.replaceChildren(...sorted.map(item));
  find("#finding-empty").hidden = sorted.length > 0;
  find("#finding-empty").textContent = say("noFindings");
  const count = find("#finding-count");
  count.textContent = String(sorted.length);
  count.className = `badge ${sorted[0]?.severity ?? ""}`;
}

function item(finding) {
  const button = element("button", { type: "button" }, element("span", { class: `badge ${finding.severity}` }, say(finding.severity)), element("span", {}, finding.message));
  button.addEventListener("click", () => {
    for (const other of list.querySelectorAll("[aria-current]")) other.removeAttribute("aria-current");
    button.setAttribute("aria-current", "true");
    if (finding.entrance_id) choose(finding.entrance_id, "finding");
    if (finding.lon !== null && finding.lon !== undefined) tell("jump", [finding.lon, finding.lat]);
  });
  return element("li", {}, button);
}

on("plan", show);
