/** The buildings as a table: sorted by any column, a click chooses the building. */

import { on } from "../board/events.js";
import { element, find, settings } from "../board/settings.js";
import { choose, state } from "./drawing.js";
import { badges } from "./panel.js";

const body = find("#building-table tbody");
const heads = [...document.querySelectorAll("#building-table th button")];
const VALUE = {
  place: (one) => one.place, text: (one) => Number.parseInt(one.number, 10) || one.number, row: (one) => one.row,
  units: (one) => one.units.length, floors: (one) => one.floors.length, rooms: (one) => one.rooms, name: (one) => one.name,
};
let sort = { key: "place", down: false };

function compare(a, b) {
  const [x, y] = [VALUE[sort.key](a), VALUE[sort.key](b)];
  const found = typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y), "zh");
  return (sort.down ? -found : found) || a.place - b.place;
}

function show() {
  const all = (state.numbers?.buildings.features ?? []).map(({ properties }) => properties).sort(compare);
  body.replaceChildren(...all.map(line));
  for (const head of heads) {
    const own = head.dataset.sort === sort.key;
    head.closest("th").setAttribute("aria-sort", own ? (sort.down ? "descending" : "ascending") : "none");
  }
  const files = find("#room-files");
  files.hidden = state.record === null;
  for (const link of files.querySelectorAll("a")) link.href = state.record ? `/estates/plans/${state.record.id}/rooms.${link.dataset.kind}` : "#";
  mark();
}

function line(one) {
  const name = element("button", { type: "button", class: "as-link" }, one.text);
  name.addEventListener("click", () => choose(one.key, "table"));
  const cells = [one.place, one.row, one.units.length, one.floors.length, one.rooms].map((value) => element("td", { class: "number" }, String(value)));
  return element("tr", { "data-key": one.key }, element("th", { scope: "row" }, name, " ", ...badges(one)), ...cells, element("td", {}, one.name || "—"), element("td", { class: "why" }, one.reason));
}

function mark() {
  for (const row of body.rows) row.setAttribute("aria-selected", String(row.dataset.key === state.chosen));
}

for (const head of heads) {
  head.addEventListener("click", () => {
    sort = { key: head.dataset.sort, down: sort.key === head.dataset.sort && !sort.down };
    show();
  });
}
for (const name of ["numbers", "record"]) on(name, show);
on("chosen", mark);
if (settings.plan === null) find("#room-files").hidden = true;
