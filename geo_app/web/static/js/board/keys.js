/** Keys of the whole board: undo and redo, Esc, arrows through the doors. */

import { close } from "./door.js";
import { on, tell } from "./events.js";
import { canRedo, canUndo, redo, undo } from "./history.js";
import { complain, note } from "./notes.js";
import { aim } from "./pointer.js";
import { find, say } from "./settings.js";
import { beside, choose, state } from "./state.js";

async function step(way, sentence) {
  try {
    const title = await way();
    if (title !== null) note(say(sentence, { step: title }));
  } catch (problem) {
    complain(problem);
  }
}

const back = () => step(undo, "undone_step");
const forth = () => step(redo, "redone_step");

function writes(target) {
  return target.closest?.("input, textarea, select, dialog") !== null;
}

function key(event) {
  const letter = event.key.toLowerCase();
  const control = event.ctrlKey || event.metaKey;
  if (control && letter === "z" && !writes(event.target)) {
    event.preventDefault();
    if (event.shiftKey) forth();
    else back();
  } else if (control && letter === "y" && !writes(event.target)) {
    event.preventDefault();
    forth();
  } else if (event.key === "Escape" && !event.target.closest?.("dialog")) {
    aim(false);
    close();
    tell("escape");
  }
}

/** On the map the arrows go from door to door as long as one is chosen; otherwise they move the map. */
function alongDoors(event) {
  const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (state.chosen === null) return;
  if (event.key === "Enter") find("#door-panel").focus();
  if (steps === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  const next = beside(state.chosen, steps);
  if (next !== null) choose(next, "keys");
}

export function bindKeys() {
  document.addEventListener("keydown", key);
  find("#map").addEventListener("keydown", alongDoors, { capture: true });
  find("#tool-undo").addEventListener("click", back);
  find("#tool-redo").addEventListener("click", forth);
  on("history", () => {
    find("#tool-undo").disabled = !canUndo();
    find("#tool-redo").disabled = !canRedo();
  });
}
