/** One door: its reason, a number by hand, the way to its neighbours. */

import { focusRow } from "./doors.js";
import { on, tell } from "./events.js";
import { remember } from "./history.js";
import { beside, choose, editable, state } from "./state.js";
import { find, may, say } from "./settings.js";

const panel = find("#door-panel");
const HAND = /^\s*(\d{1,4})(?:号?\s*(?:附|-|之)\s*(\d{1,4})号?)?\s*号?\s*$/;

function show() {
  const door = state.byId.get(state.chosen)?.properties;
  panel.hidden = door === undefined;
  find("#hand-fault").hidden = true;
  if (door === undefined) return;
  find("#door-title").textContent = door.text ? say("door", { text: door.text }) : say("doorWithout");
  find("#door-reason").textContent = door.reason ?? "";
  find("#door-side").textContent = door.side ? say(door.side) : "—";
  find("#door-metres").textContent = door.metres === null || door.metres === undefined ? "—" : say("metresFromStart", { metres: Number(door.metres).toFixed(1) });
  find("#door-wall").textContent = door.wall_number ? `${door.wall_number}（${say(door.differs ? "differs" : "same")}）` : say("none");
  find("#hand-number").value = state.hand[state.chosen] ?? "";
  find("#hand-form").hidden = !editable();
  find("#hand-clear").disabled = state.hand[state.chosen] === undefined;
  find("#door-move").hidden = !editable() || !may("entrance.edit");
  find("#door-before").disabled = beside(state.chosen, -1) === null;
  find("#door-after").disabled = beside(state.chosen, 1) === null;
}

function setHand(id, text) {
  const before = state.hand;
  const after = { ...state.hand };
  if (text === null) delete after[id];
  else after[id] = text;
  const put = (value) => {
    state.hand = value;
    tell("changed");
  };
  put(after);
  remember(say("stepHand"), () => put(before), () => put(after));
}

find("#hand-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const read = HAND.exec(find("#hand-number").value);
  find("#hand-fault").hidden = read !== null;
  if (read === null) find("#hand-fault").textContent = say("badNumber");
  else setHand(state.chosen, read[2] ? `${Number(read[1])}附${Number(read[2])}` : String(Number(read[1])));
});

find("#hand-clear").addEventListener("click", () => setHand(state.chosen, null));
find("#door-before").addEventListener("click", () => choose(beside(state.chosen, -1) ?? state.chosen, "keys"));
find("#door-after").addEventListener("click", () => choose(beside(state.chosen, 1) ?? state.chosen, "keys"));

/** Close the panel and go back to where the keyboard was. */
export function close() {
  if (state.chosen === null) return;
  focusRow();
  choose(null);
}

find("#door-close").addEventListener("click", close);

on("chosen", show);
on("plan", show);
on("record", show);
