/** What is unusual about the chosen door: a form in the door panel; keeping it computes the numbers anew. */

import { replace } from "../api.js";
import { on, tell } from "./events.js";
import { remember } from "./history.js";
import { note } from "./notes.js";
import { versions } from "./pointer.js";
import { element, find, may, say } from "./settings.js";
import { editable, state } from "./state.js";

const form = find("#circumstance-form");
const fault = find("#circumstance-fault");
const USUAL = { door_kind: "door", door_state: "permanent", front_metres: 0, door_of: null, note: "" };

const of = (door) => Object.fromEntries(Object.keys(USUAL).map((name) => [name, door[name] ?? USUAL[name]]));

function owners(chosen, owner) {
  const others = state.doors.map(({ properties }) => properties).filter(({ entrance_id: id }) => id !== chosen);
  const options = others.map((door) => element("option", { value: door.entrance_id }, `${door.text || door.wall_number || say("unnumbered")} · ${door.side ? say(door.side) : ""} ${Number(door.metres ?? 0).toFixed(0)} m`));
  const elsewhere = owner !== null && !state.byId.has(owner) ? [element("option", { value: owner }, String(owner))] : [];
  find("#door-of").replaceChildren(element("option", { value: "" }, say("noOwner")), ...elsewhere, ...options);
  find("#door-of").value = owner ?? "";
}

function badge(one) {
  const words = [["#door-kind", one.door_kind, "door"], ["#door-state", one.door_state, "permanent"]]
    .filter(([, value, usual]) => value !== usual)
    .map(([list, value]) => find(`${list} option[value="${value}"]`).textContent);
  find("#circumstance-badge").textContent = words.join("、");
  find("#circumstance-badge").hidden = words.length === 0;
}

function show() {
  const door = state.byId.get(state.chosen)?.properties;
  find("#circumstance").hidden = door === undefined;
  fault.hidden = true;
  if (door === undefined) return;
  const one = of(door);
  find("#door-kind").value = one.door_kind;
  find("#door-state").value = one.door_state;
  find("#front-metres").value = one.front_metres || "";
  find("#door-note").value = one.note;
  owners(door.entrance_id, one.door_of);
  badge(one);
  const open = editable() && may("entrance.edit");
  for (const field of form.elements) field.disabled = !open;
}

async function put(id, one) {
  const version = versions.get(id) ?? state.byId.get(id).properties.version;
  const kept = await replace(`/api/v1/entrances/${id}/circumstance`, one, { version });
  versions.set(id, kept.version);
  tell("changed");
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const id = state.chosen;
  const before = of(state.byId.get(id).properties);
  const after = {
    door_kind: find("#door-kind").value,
    door_state: find("#door-state").value,
    front_metres: Number(find("#front-metres").value || 0),
    door_of: find("#door-of").value ? Number(find("#door-of").value) : null,
    note: find("#door-note").value,
  };
  try {
    await put(id, after);
    note(say("described"));
    remember(say("stepDescribe"), () => put(id, before), () => put(id, after));
  } catch (problem) {
    fault.textContent = problem.message;
    fault.hidden = false;
  }
});

on("chosen", show);
on("plan", show);
on("record", show);
