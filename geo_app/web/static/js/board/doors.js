/** The table of numbers: the plan for keyboard and screen reader. */

import { on } from "./events.js";
import { beside, choose, state } from "./state.js";
import { element, find, say, settings } from "./settings.js";

const body = find("#door-table tbody");
const more = find("#door-more");
const STEP = 500;
let shown = STEP;

function rows() {
  const part = state.doors.slice(0, shown);
  body.replaceChildren(...part.map(({ properties }) => row(properties)));
  const left = state.doors.length - part.length;
  more.hidden = left <= 0;
  more.textContent = say("moreRows", { count: Math.min(left, STEP) });
  find("#door-empty").hidden = state.doors.length > 0;
  find("#door-empty").textContent = say("noDoors");
  mark();
}

const parity = (door) => (door.label === "" ? "" : settings.own.street_id && door.number % 2 ? "odd" : "even");

function row(door) {
  const number = element("th", { scope: "row" }, element("span", { class: `parity ${parity(door)}`, "aria-hidden": true }), door.text || say("unnumbered"));
  if (door.kept) number.append(element("span", { class: "badge mark" }, say("kept")));
  if (door.fate === "renumbered") number.append(element("span", { class: "badge mark warning" }, say("was", { old: door.old })));
  if (door.by_hand) number.append(element("span", { class: "badge mark warning" }, say("byHand")));
  return element(
    "tr", { "data-door": door.entrance_id, tabindex: -1, title: door.reason },
    number,
    element("td", {}, door.side ? say(door.side) : ""),
    element("td", { class: "number" }, door.metres === null || door.metres === undefined ? "" : Number(door.metres).toFixed(1)),
    element("td", { class: door.differs ? "differs" : "" }, door.wall_number ?? ""),
    element("td", { class: "print-only" }, door.reason ?? ""),
  );
}

const rowOf = (id) => body.querySelector(`[data-door="${id}"]`);

function mark() {
  for (const old of body.querySelectorAll("[aria-selected], [tabindex='0']")) {
    old.removeAttribute("aria-selected");
    old.tabIndex = -1;
  }
  const now = rowOf(state.chosen) ?? body.firstElementChild;
  if (now) now.tabIndex = 0;
  if (now && state.chosen !== null && now === rowOf(state.chosen)) now.setAttribute("aria-selected", "true");
}

function follow({ origin }) {
  mark();
  if (origin !== "table") rowOf(state.chosen)?.scrollIntoView({ block: "nearest" });
}

body.addEventListener("click", (event) => {
  const picked = event.target.closest("tr");
  if (picked) choose(Number(picked.dataset.door), "table");
});

body.addEventListener("keydown", (event) => {
  const here = Number(event.target.closest("tr")?.dataset.door);
  const steps = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (steps !== undefined) {
    event.preventDefault();
    const next = beside(here, steps);
    if (next === null || !rowOf(next)) return;
    choose(next, "keys");
    rowOf(next).focus();
  } else if (event.key === "Enter") {
    choose(here, "table");
    find("#door-panel").focus();
  }
});

more.addEventListener("click", () => {
  shown += STEP;
  rows();
});

/** Bring the keyboard back to the chosen door's row. */
export const focusRow = () => (rowOf(state.chosen) ?? body.firstElementChild)?.focus();

on("plan", rows);
on("chosen", follow);
