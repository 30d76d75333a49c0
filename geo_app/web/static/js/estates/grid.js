/** A building as it stands: floors as rows, the highest on top; units as groups of columns; rooms as cells. */

import { on } from "../board/events.js";
import { element, find, say } from "../board/settings.js";
import { choose, numberOf, state } from "./drawing.js";

const select = find("#grid-building");
const place = find("#grid");
const STEPS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

const ordered = () => (state.numbers?.buildings.features ?? []).map(({ properties }) => properties);
const floorName = (floor) => say(floor > 0 ? "floorOf" : "floorBelow", { floor: Math.abs(floor) });

function show() {
  const all = ordered();
  const wanted = state.chosen ?? select.value;
  select.replaceChildren(...all.map(({ key, text, name }) => element("option", { value: key }, name ? `${text} ${name}` : text)));
  const building = numberOf(wanted) ?? all[0];
  if (building) select.value = building.key;
  place.replaceChildren(...(building ? [summary(building), elevation(building)] : [element("p", { class: "empty" }, say("noGrid"))]));
}

function summary(building) {
  const values = { building: building.text, units: building.units.length, floors: building.floors.length, rooms: building.rooms };
  return element("p", { class: "grid-summary", id: "grid-summary" }, say("gridOf", values));
}

function elevation({ floors, units }) {
  const groups = units.length ? units : [""];
  const widest = Math.max(1, ...floors.map(({ rooms }) => rooms.length));
  const head = element("tr", {}, element("td", {}), ...groups.map((unit) => element("th", { scope: "colgroup", colspan: widest, class: "unit" }, unit ? say("unitOf", { unit }) : say("wholeBuilding"))));
  const rows = [...floors].sort((a, b) => b.floor - a.floor).map((floor) => row(floor, groups, widest));
  const table = element("table", { class: "elevation", "aria-labelledby": "grid-summary" }, element("thead", {}, head), element("tbody", {}, ...rows));
  const first = table.querySelector("td.room");
  if (first) first.tabIndex = 0;
  table.addEventListener("keydown", move);
  return element("div", { class: "table-scroll grid-scroll", role: "region", "aria-labelledby": "grid-summary", tabindex: "0" }, table);
}

function row({ floor, sign, sign_reason: why, rooms }, groups, widest) {
  const name = element("th", { scope: "row" }, floorName(floor));
  if (sign) name.append(" ", element("span", { class: "badge warning", title: why }, say("signOf", { sign })));
  const cells = groups.flatMap((unit) => Array.from({ length: widest }, (_, at) => cell(rooms[at], at === 0, unit)));
  return element("tr", { class: floor === 1 ? "ground" : floor < 0 ? "below" : "" }, name, ...cells);
}

function cell(room, first, unit) {
  const kind = `${room === undefined ? "none" : "room"}${first ? " first" : ""}`;
  if (room === undefined) return element("td", { class: kind, "aria-label": say("noRoomHere") });
  return element("td", { class: kind, tabindex: "-1", title: unit ? `${say("unitOf", { unit })} ${room}` : room }, room);
}

/** Arrows go from room to room, over walls and stairs. */
function move(event) {
  const step = STEPS[event.key];
  const from = event.target.closest("td.room");
  if (!step || !from) return;
  event.preventDefault();
  let [column, line] = [from.cellIndex, from.parentElement.rowIndex];
  let next = null;
  do {
    column += step[0];
    line += step[1];
    next = from.closest("table").rows[line]?.cells[column];
  } while (next && !next.classList.contains("room"));
  if (!next) return;
  from.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

select.addEventListener("change", () => choose(select.value, "grid"));
for (const name of ["numbers", "chosen"]) on(name, show);
