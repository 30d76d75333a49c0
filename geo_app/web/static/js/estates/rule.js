/** The order of buildings and units, the word for a building, numbers kept free. */

import { on } from "../board/events.js";
import { element, find, say } from "../board/settings.js";
import { change, drawing, editable, state } from "./drawing.js";

const form = find("#order-form");
const free = find("#free-form");

function show() {
  const { rule, word, reserved } = drawing();
  form.elements.building_order.value = rule.building_order;
  form.elements.unit_order.value = rule.unit_order;
  form.elements.word.value = word;
  const items = Object.entries(reserved).map(([number, reason]) => {
    const remove = element("button", { type: "button", class: "button small", "aria-label": `${say("remove")} ${number}`, disabled: !editable() }, "×");
    remove.addEventListener("click", () => change(say("stepReserved"), (next) => { delete next.reserved[number]; }));
    return element("li", {}, say("keepFree", { number, reason }), " ", remove);
  });
  find("#free-list").replaceChildren(...items);
  for (const field of [...form.elements, ...free.elements]) field.disabled = !editable();
  if (!state.numbers) return;
  const { counts, turn } = state.numbers;
  const lines = [say("estateCounts", counts)];
  if (turn) lines.push(say("turned", { degrees: Math.round(Math.abs(turn)) }));
  find("#estate-counts").textContent = counts.buildings ? lines.join("；") : say("noBuildings");
}

form.addEventListener("change", ({ target }) => {
  change(say("stepRuleOf"), (next) => {
    if (target.name === "word") next.word = target.value;
    else next.rule[target.name] = target.value;
  });
});
free.addEventListener("submit", (event) => {
  event.preventDefault();
  const { number, reason } = Object.fromEntries(new FormData(free));
  change(say("stepReserved"), (next) => { next.reserved[Number(number)] = reason.trim(); });
  free.reset();
});
for (const name of ["numbers", "drawn", "record"]) on(name, show);
