/** The chosen building: its number and why, what is inside, removing it. */

import { on } from "../board/events.js";
import { element, find, say } from "../board/settings.js";
import { buildingOf, change, changeBuilding, choose, drawing, editable, numberOf, state } from "./drawing.js";

const panel = find("#building-panel");
const form = find("#building-form");
const fields = () => [...form.elements].filter((field) => field.name);

function show() {
  const building = state.chosen && buildingOf(state.chosen);
  panel.hidden = !building;
  find("#building-hint").hidden = Boolean(building);
  if (!building) return;
  const number = numberOf(building.key);
  find("#building-title").textContent = number?.text ?? building.name ?? "—";
  find("#building-reason").textContent = [number?.reason, number && number.units.length > 1 ? number.unit_reason : ""].filter(Boolean).join(" ");
  const settled = number?.settled ?? false;
  find("#building-settled").hidden = !settled;
  for (const field of fields()) {
    if (document.activeElement !== field) field.value = field.name === "hand" ? building.hand || building.kept : building.spec[field.name];
    field.disabled = !editable() || settled;
  }
  for (const id of ["#building-corners", "#building-remove", "#building-alike"]) find(id).disabled = !editable() || (settled && id !== "#building-alike");
}

function changed({ target }) {
  if (!target.validity.valid) return;
  const key = state.chosen;
  if (target.name === "hand") changeBuilding(say("stepNumber"), key, (building) => { building.hand = target.value.trim(); building.kept = ""; });
  else changeBuilding(say("stepSpec"), key, (building) => { building.spec[target.name] = target.type === "number" ? Number(target.value) : target.value.trim(); });
}

form.addEventListener("change", changed);
form.addEventListener("submit", (event) => event.preventDefault());
find("#building-remove").addEventListener("click", () => {
  const key = state.chosen;
  choose(null);
  change(say("stepRemove"), (next) => { next.buildings = next.buildings.filter((building) => building.key !== key); });
});
find("#building-alike").addEventListener("click", () => {
  const { spec } = buildingOf(state.chosen);
  change(say("stepSpec"), (next) => { for (const building of next.buildings) building.spec = { ...spec, unit_names: building.spec.unit_names }; });
});
find("#building-close").addEventListener("click", () => choose(null));
for (const [id, step] of [["#building-before", -1], ["#building-after", 1]]) {
  find(id).addEventListener("click", () => {
    const order = drawing().buildings.map(({ key }) => numberOf(key)).filter(Boolean).sort((a, b) => a.place - b.place);
    const next = order[order.findIndex(({ key }) => key === state.chosen) + step];
    if (next) choose(next.key);
  });
}
for (const name of ["numbers", "drawn", "record", "chosen"]) on(name, show);

export const badges = (number) => [
  number.settled && element("span", { class: "badge current" }, say("settled")),
  number.kept && !number.settled && element("span", { class: "badge" }, say("keptBuilding")),
  number.by_hand && element("span", { class: "badge info" }, say("byHand")),
].filter(Boolean);
