/** The rule: a practice, and what is different for this street; swapping the start. */

import { read } from "../api.js";
import { tell, on } from "./events.js";
import { remember } from "./history.js";
import { editable, state } from "./state.js";
import { find, say, settings, element } from "./settings.js";

const form = find("#rule-form");
const presets = new Map();
const OWN = "own";
const NUMBERS = new Set(["step", "reserve_lane", "reserve_metres", "village_reserve", "village_every", "village_plot"]);

export async function loadRules() {
  for (const preset of await read("/api/v1/rules")) presets.set(preset.name, preset);
  find("#rule-preset").replaceChildren(
    ...[...presets.values()].map((preset) => element("option", { value: preset.name }, preset.title ?? preset.name)),
  );
  show();
}

/** Show the state's rule in the form. */
export function show() {
  const preset = presets.get(state.rule.preset);
  for (const field of fields()) {
    const usual = worded(preset?.fields?.[field.name]);
    if (field.tagName === "SELECT") field.options[0].textContent = say("byPreset", { value: usual });
    else field.placeholder = usual;
    put(field, state.rule[field.name]);
    field.disabled = !editable();
  }
  const select = find("#rule-preset");
  select.value = state.rule.preset;
  select.disabled = !editable();
  find("#rule-description").textContent = settings.own.street_id ? (preset?.description ?? "") : say("walkRule");
  const own = Object.keys(state.rule).length - 1;
  find("#rule-overrides").hidden = own === 0;
  find("#rule-overrides").textContent = String(own);
}

/** Put a street's own value into its field; a pair of values, which no choice offers, becomes a choice of its own. */
function put(field, own) {
  field.querySelector?.("option[data-own]")?.remove();
  if (Array.isArray(own)) field.append(element("option", { value: OWN, "data-own": true }, worded(own)));
  field.value = own === undefined ? "" : Array.isArray(own) ? OWN : String(own);
}

const fields = () => [...form.elements].filter((field) => field.name && field.name !== "preset");

function worded(value) {
  if (Array.isArray(value)) return value.map(worded).join(" / ");
  return settings.choices[String(value)] ?? String(value ?? "—");
}

function fromForm() {
  const preset = find("#rule-preset").value;
  // What the form does not show (numbers skipped, a centre) stays as long as the practice does.
  const rule = preset === state.rule.preset ? { ...state.rule } : { preset };
  for (const field of fields()) {
    if (field.value === "") delete rule[field.name];
    else if (field.value !== OWN && field.validity.valid) rule[field.name] = valueOf(field);
  }
  return rule;
}

function valueOf({ name, value }) {
  if (NUMBERS.has(name)) return Number(value);
  return { true: true, false: false }[value] ?? value;
}

/** Change the rule as a step that can be undone. */
export function setRule(rule, title = say("stepRule")) {
  const before = state.rule;
  const put = (value) => {
    state.rule = value;
    show();
    tell("changed");
  };
  put(rule);
  remember(title, () => put(before), () => put(rule));
}

form.addEventListener("change", () => setRule(fromForm()));
form.addEventListener("submit", (event) => event.preventDefault());

/** Let the numbers begin at the other end: `first` and `last` are the ends of the longest line as drawn. */
export function swapStart(drawn) {
  const start = beginsAtFirst(drawn) ? "last" : "first";
  setRule({ ...state.rule, start }, say("stepSwap"));
}

/** Keep what hangs and number the rest as the walls suggest; once more: by the method again. */
export function bindAdoption() {
  const button = find("#tool-adopt");
  const follows = () => state.rule.existing === "continue";
  const look = () => {
    button.setAttribute("aria-pressed", String(follows()));
    button.disabled = !editable() || !state.doors.some((door) => door.properties.old);
  };
  button.addEventListener("click", () => {
    const { existing, ...rest } = state.rule;
    setRule(existing === "continue" ? rest : { ...state.rule, existing: "continue" }, say("stepAdopt"));
  });
  for (const event of ["plan", "record", "changed"]) on(event, look);
  look();
}

function beginsAtFirst(drawn) {
  const longest = (lines) => [...lines.features].sort((a, b) => spread(b) - spread(a))[0]?.geometry.coordinates ?? [];
  const asDrawn = longest(drawn);
  const numbered = [...state.plan.lines.features].sort((a, b) => spread(b) - spread(a))[0]?.geometry.coordinates ?? [];
  if (asDrawn.length === 0 || numbered.length === 0) return false;
  return nearest(numbered, asDrawn[0]) <= nearest(numbered, asDrawn[asDrawn.length - 1]);
}

const spread = ({ geometry: { coordinates: path } }) =>
  path.slice(1).reduce((sum, point, i) => sum + Math.hypot(point[0] - path[i][0], point[1] - path[i][1]), 0);

function nearest(path, point) {
  const away = path.map((other) => Math.hypot(other[0] - point[0], other[1] - point[1]));
  return away.indexOf(Math.min(...away));
}

on("record", show);
