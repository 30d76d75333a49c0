/** Moving a door by keyboard: half a metre an arrow, Enter keeps it, Esc leaves it. */

import { note, quiet } from "./notes.js";
import { moveDoor, sketch } from "./pointer.js";
import { find, say } from "./settings.js";
import { on } from "./events.js";
import { state } from "./state.js";

const button = find("#door-move");
const METRE = 1 / 111320;
const STEPS = { ArrowUp: [0, 0.5], ArrowDown: [0, -0.5], ArrowLeft: [-0.5, 0], ArrowRight: [0.5, 0] };
let place = null;

function end() {
  button.setAttribute("aria-pressed", "false");
  place = null;
  quiet();
}

export function bindNudge(map) {
  const draw = (to) => map && sketch(map, state.chosen, to);
  button.addEventListener("click", () => {
    if (button.getAttribute("aria-pressed") === "true") return end();
    button.setAttribute("aria-pressed", "true");
    place = [...state.byId.get(state.chosen).geometry.coordinates];
    note(say("moveHint"));
    return undefined;
  });
  button.addEventListener("keydown", (event) => {
    if (place === null) return;
    const step = STEPS[event.key];
    if (step) {
      event.preventDefault();
      const wide = METRE / Math.cos((place[1] * Math.PI) / 180);
      place = [place[0] + step[0] * wide, place[1] + step[1] * METRE];
      draw(place);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const to = place;
      end();
      moveDoor(state.chosen, to);
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      draw(state.byId.get(state.chosen).geometry.coordinates);
      end();
    }
  });
  on("chosen", end);
}
