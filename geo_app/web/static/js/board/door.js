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
  const moved = state.moved.includes(state.chosen);
  find("#door-old").textContent = door.old ? `${door.old}（${say(`fate_${door.fate}`)}）` : say("none");
  find("#door-renumber").hidden = !editable() || !door.old;
  find("#door-renumber").setAttribute("aria-pressed", String(moved));
  find("#door-renumber").textContent = say(moved ? "keepNumber" : "renumber");
  find("#door-move").hidden = !editable() || !may("entrance.edit");
  find("#door-before").disabled = beside(state.chosen, -1) === null;
  find("#door-after").disabled = beside(state.chosen, 1) === null;
}

/** Change what was decided for single doors, as a step that can be undone. */
function decide(title, after) {
  const before = { hand: state.hand, moved: state.moved };
  const put = (value) => {
    Object.assign(state, value);
    tell("changed");
  };
  put(after);
  remember(title, () => put(before), () => put(after));
}

function setHand(id, text) {
  const { [id]: _, ...others } = state.hand;
  decide(say("stepHand"), { hand: text === null ? others : { ...others, [id]: text } });
}

/** Take the door off the number it has, or leave it; a number by hand for it goes with that. */
function toggleMoved(id) {
  const others = state.moved.filter((one) => one !== id);
  const { [id]: _, ...hand } = state.hand;
  const leaves = others.length === state.moved.length;
  decide(say(leaves ? "stepRenumber" : "stepKeep"), { hand, moved: leaves ? [...others, id] : others });
}

find("#hand-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const read = HAND.exec(find("#hand-number").value);
  find("#hand-fault").hidden = read !== null;
  if (read === null) find("#hand-fault").textContent = say("badNumber");
  else setHand(state.chosen, read[2] ? `${Number(read[1])}附${Number(read[2])}` : String(Number(read[1])));
});

find("#door-renumber").addEventListener("click", () => toggleMoved(state.chosen));
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
