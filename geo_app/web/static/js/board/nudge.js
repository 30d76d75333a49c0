/** Moving a door by keyboard: half a metre an arrow, Enter keeps it, Esc leaves it. */

import { bindArrows } from "./arrows.js";
import { note, quiet } from "./notes.js";
import { moveDoor, sketch } from "./pointer.js";
import { find, say } from "./settings.js";
import { on } from "./events.js";
import { state } from "./state.js";

const button = find("#door-move");
const HALF_A_METRE = 0.5;
let place = null;

function end() {
  button.setAttribute("aria-pressed", "false");
  place = null;
  quiet();
}

export function bindNudge(map) {
  const draw = (to) => {
    place = to;
    if (map) sketch(map, state.chosen, to);
  };
  button.addEventListener("click", () => {
    if (button.getAttribute("aria-pressed") === "true") return end();
    button.setAttribute("aria-pressed", "true");
    place = [...state.byId.get(state.chosen).geometry.coordinates];
    note(say("moveHint"));
    return undefined;
  });
  bindArrows(button, HALF_A_METRE, {
    current: () => place,
    draw,
    keep: (to) => {
      end();
      moveDoor(state.chosen, to);
    },
    leave: () => {
      draw(state.byId.get(state.chosen).geometry.coordinates);
      end();
    },
  });
  on("chosen", end);
}
