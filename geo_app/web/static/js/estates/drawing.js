/** What is drawn: buildings, gate, boundary, order; every change is a step that can be taken back. */

import { tell } from "../board/events.js";
import { remember } from "../board/history.js";
import { may, settings } from "../board/settings.js";

const SPEC = { units: 1, floors: 6, underground: 0, rooms: 2, underground_rooms: 0, rooms_on: "", missing: "", signs: "", unit_order: "", unit_names: "" };

let drawn = { buildings: [], gate: { lon: null, lat: null, street_id: null, number: "" }, boundary: null, reserved: {}, word: "幢", rule: { building_order: "s_from_gate_left", unit_order: "west_to_east" } };

/** The plan as the server has it, the computed numbers, the chosen building. */
export const state = { record: null, numbers: null, chosen: null };

export const drawing = () => drawn;
export const editable = () => (state.record === null ? may("plan.draft") : state.record.may.includes("edit"));
export const body = () => drawn;
export const buildingOf = (key) => drawn.buildings.find((building) => building.key === key) ?? null;
export const numberOf = (key) => state.numbers?.buildings.features.find((feature) => feature.properties.key === key)?.properties ?? null;

/** Take over a stored plan, or what a new one begins with. */
export function takeOver(shown) {
  const buildings = shown.buildings.features.map(({ geometry, properties: one }) => ({
    key: one.key, outline: bare(geometry), name: one.name, kept: one.kept ? one.number : "", hand: one.by_hand ? one.number : "", building_id: one.building_id, spec: one.spec,
  }));
  drawn = { buildings, gate: shown.gate, boundary: shown.boundary && bare(shown.boundary), reserved: shown.reserved, word: shown.word, rule: shown.rule ?? drawn.rule };
  takeNumbers(shown);
}

export function takeNumbers(shown) {
  state.numbers = shown;
  if (state.chosen !== null && !buildingOf(state.chosen)) choose(null);
  tell("numbers", shown);
}

const bare = ({ type, coordinates }) => ({ type, coordinates });

/** Change the drawing as one step; `edit` is given a copy to work on. */
export function change(title, edit) {
  const before = drawn;
  const after = structuredClone(drawn);
  edit(after);
  const put = (value) => {
    drawn = value;
    tell("changed");
  };
  put(after);
  remember(title, () => put(before), () => put(after));
}

export function changeBuilding(title, key, edit) {
  change(title, (next) => edit(next.buildings.find((building) => building.key === key)));
}

/** Return a building of this outline, as usual as the one drawn before it. */
export function newBuilding(outline) {
  const last = drawn.buildings.at(-1);
  return { key: crypto.randomUUID().slice(0, 12), outline: bare(outline), name: "", kept: "", hand: "", building_id: null, spec: { ...SPEC, ...(last?.spec ?? {}), missing: "", signs: "", rooms_on: "", unit_names: "" } };
}

export function choose(key, origin = "") {
  if (state.chosen === key) return;
  state.chosen = key;
  tell("chosen", { key, origin });
}

export const here = `/api/v1/estates/${settings.estate}`;
