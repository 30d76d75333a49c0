/** The tools above the map and the form below it: draw, look at the findings, save. */

import { write } from "../api.js";
import { complain, note, quiet } from "../board/notes.js";
import { element, find, say, settings } from "../board/settings.js";
import { veil } from "./ground.js";
import { groundOf, makePen, polygonsOf } from "./pen.js";

const form = find("#outline-form");
const here = `/api/v1/divisions/${settings.division}`;
let ground = null;
let asked = null;

function tellFindings({ findings }) {
  const told = findings.length === 0 ? element("p", { class: "notice ok" }, say("nests"))
    : element("div", { class: "notice warn" }, element("p", {}, say("nestsNot", { count: findings.length })), element("ul", {}, ...findings.map((one) => element("li", {}, one))));
  find("#outline-findings").replaceChildren(told);
}

function tellFault(problem) {
  const fault = find("#outline-fault");
  fault.textContent = problem?.message ?? "";
  fault.hidden = !problem;
}

/** Ask what speaks against the ground; an answer that is overtaken by the next corner is left aside. */
async function look() {
  asked?.abort();
  asked = new AbortController();
  tellFault(null);
  find("#outline-findings").replaceChildren(element("p", { class: "hint" }, say("checking")));
  try {
    tellFindings(await write(`${here}/outline-findings`, { geometry: ground, since: find("#outline-since").value }, { signal: asked.signal }));
    find("#outline-save").disabled = false;
  } catch (problem) {
    if (problem.name === "AbortError") return;
    find("#outline-findings").replaceChildren();
    tellFault(problem);
  }
}

function take(polygons) {
  ground = polygons.length === 0 ? null : groundOf(polygons);
  find("#outline-save").disabled = true;
  if (ground) {
    note(say("editOutline"));
    look();
  } else find("#outline-findings").replaceChildren();
}

async function save(event) {
  event.preventDefault();
  find("#outline-save").disabled = true;
  note(say("saving"));
  const { since, source, reason } = Object.fromEntries(new FormData(form));
  try {
    await write(`${here}/outlines`, { geometry: ground, since, source, reason });
    window.location.assign(`/divisions/${settings.division}?as_of=${since}`);
  } catch (problem) {
    find("#outline-save").disabled = false;
    quiet();
    tellFault(problem);
    if (problem.status === undefined) complain(problem);
  }
}

export function bindPen(map, shown) {
  if (!form) return;
  const pen = makePen(map, take);
  const buttons = { new: find("#pen-new"), edit: find("#pen-edit"), undo: find("#pen-undo"), redo: find("#pen-redo"), stop: find("#pen-stop") };

  const show = () => {
    for (const way of ["undo", "redo"]) buttons[way].disabled = !pen.can(way);
    buttons.stop.hidden = form.hidden = !pen.on();
    veil(map, pen.on());
  };
  const stop = () => {
    pen.stop();
    take([]);
    buttons.new.setAttribute("aria-pressed", "false");
    buttons.edit.setAttribute("aria-pressed", "false");
    quiet();
    show();
  };
  const begin = (button, hint, start) => {
    stop();
    start();
    button.setAttribute("aria-pressed", "true");
    note(say(hint));
    find("#map canvas").focus();
    show();
  };
  buttons.new.addEventListener("click", () => begin(buttons.new, "drawOutline", () => pen.draw()));
  buttons.edit.addEventListener("click", () => {
    const polygons = polygonsOf(shown);
    if (polygons === null) note(say("holed"), "error");
    else begin(buttons.edit, "editOutline", () => pen.edit(polygons));
  });
  for (const way of ["undo", "redo"]) {
    buttons[way].addEventListener("click", () => {
      pen.step(way);
      show();
    });
  }
  buttons.stop.addEventListener("click", stop);
  pen.onHistory(show);
  form.addEventListener("submit", save);
  find("#outline-since").addEventListener("change", () => ground && look());
  document.addEventListener("keydown", (event) => {
    if (!pen.on() || !(event.ctrlKey || event.metaKey) || event.target.matches("input, textarea")) return;
    const way = { z: "undo", y: "redo" }[event.key.toLowerCase()];
    if (way) buttons[way].click();
  });
}
