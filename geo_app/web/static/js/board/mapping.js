/** Old and new numbers: what becomes of each door that has a number or gets one; a row opens its door. */

import { on } from "./events.js";
import { choose, state } from "./state.js";
import { element, find, say } from "./settings.js";

const body = find("#mapping-table tbody");
const ORDER = ["renumbered", "new", "ended"];
const LOOK = { renumbered: "warning", new: "info", ended: "error" };

const fateOf = ({ properties }) => properties.fate;

function show() {
  const changed = state.doors.filter((door) => ORDER.includes(fateOf(door)));
  changed.sort((a, b) => ORDER.indexOf(fateOf(a)) - ORDER.indexOf(fateOf(b)));
  body.replaceChildren(...changed.map(({ properties }) => row(properties)));
  find("#mapping-table").hidden = changed.length === 0;
  find("#mapping-empty").hidden = changed.length > 0;
  find("#mapping-count").textContent = String(state.doors.filter((door) => fateOf(door) === "renumbered").length);
  links();
}

function row(door) {
  const open = element("button", { type: "button" }, door.text || "—");
  open.addEventListener("click", () => choose(door.entrance_id, "mapping"));
  return element(
    "tr", { "data-door": door.entrance_id },
    element("td", {}, door.old || "—"),
    element("th", { scope: "row" }, open),
    element("td", {}, element("span", { class: `badge ${LOOK[door.fate]}` }, say(`fate_${door.fate}`))),
  );
}

/** The table as a page and the notices are of a stored plan: there is none before the first draft. */
function links() {
  const stored = state.record !== null;
  find("#mapping-links").hidden = !stored;
  if (!stored) return;
  for (const [id, page] of [["#mapping-page", "mapping"], ["#mapping-notices", "notices"]]) find(id).href = `/plans/${state.record.id}/${page}`;
}

on("plan", show);
on("record", links);
