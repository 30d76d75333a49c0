/** What is on the board: the rule, what was decided for single doors, the computed plan, the chosen door. */

import { tell } from "./events.js";
import { may } from "./settings.js";

export const state = {
  rule: { preset: "" },
  hand: {},
  moved: [],
  plan: null,
  doors: [],
  byId: new Map(),
  chosen: null,
  record: null,
};

/** Tell whether the numbers can be changed: before there is a draft, and in a draft that the account may edit. */
export const editable = () => (state.record === null ? may("plan.draft") : state.record.may.includes("edit"));

/** What the server is asked for: the rule, the numbers by hand, the doors that give up their number. */
export const asked = () => ({ rule: state.rule, hand: state.hand, moved: state.moved });

/** Take over a computed plan: the doors in walking order, with what the map writes on them. */
export function takePlan(plan) {
  state.plan = plan;
  for (const door of plan.doors.features) prepare(door.properties);
  state.doors = [...plan.doors.features].sort(byPlace);
  state.byId = new Map(state.doors.map((door) => [door.properties.entrance_id, door]));
  if (state.chosen !== null && !state.byId.has(state.chosen)) choose(null);
  tell("plan", plan);
}

/** What the map writes on a door: 12, 12A, 12-3. */
export const labelOf = (door) =>
  (door.number === null || door.number === undefined ? "" : String(door.number) + (door.suffix ?? "") + (door.sub_number ? `-${door.sub_number}` : ""));

function prepare(door) {
  door.label = labelOf(door);
  door.differs = Boolean(door.wall_number) && bare(door.wall_number) !== bare(door.text ?? "");
  door.wall_label = door.wall_number ? `墙 ${door.wall_number}` : "";
}

const bare = (text) => text.replace(/[号\s]/g, "");

/** As one walks; where one stands before two doors, the lower number first. */
const byPlace = ({ properties: a }, { properties: b }) =>
  (a.metres ?? Infinity) - (b.metres ?? Infinity) || (a.number ?? Infinity) - (b.number ?? Infinity) || a.entrance_id - b.entrance_id;

export function choose(id, origin = "") {
  if (state.chosen === id) return;
  state.chosen = id;
  tell("chosen", { id, origin });
}

/** Return the door `steps` further along the street, or null. */
export function beside(id, steps) {
  const place = state.doors.findIndex((door) => door.properties.entrance_id === id);
  return state.doors[place + steps]?.properties.entrance_id ?? null;
}
