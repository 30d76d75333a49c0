/** The mouth of a village group: set by a click, by dragging its flag, by the arrow keys, or where the road is met. */

import { change } from "../api.js";
import { bindArrows } from "./arrows.js";
import { on, tell } from "./events.js";
import { remember } from "./history.js";
import { sketchStart } from "./layers.js";
import { complain, note, quiet } from "./notes.js";
import { editable, state } from "./state.js";
import { find, may, say, settings } from "./settings.js";

const STEP = 5;
const FAR = 4;
const button = find("#tool-mouth");
const suggested = find("#tool-mouth-suggested");
let version = 0;
let place = null;

const mayMove = () => editable() && may("entrance.edit");
const now = () => state.plan?.village_group?.mouth ?? null;
const aiming = () => button.getAttribute("aria-pressed") === "true";

async function put([lon, lat]) {
  const group = await change(settings.place, { lon, lat }, { version });
  version = group.version;
  tell("changed");
}

/** Set the mouth as a step that can be undone; the first one ever has nothing to go back to. */
async function setMouth(to) {
  const from = now();
  end();
  try {
    await put(to);
    if (from) remember(say("stepMouth"), () => put(from), () => put(to));
    note(say("mouthSet"), "ok");
  } catch (problem) {
    complain(problem);
    tell("redraw");
  }
}

function end() {
  button.setAttribute("aria-pressed", "false");
  find("#map").classList.remove("aiming");
  place = null;
}

function aim(map) {
  button.setAttribute("aria-pressed", "true");
  find("#map").classList.add("aiming");
  place = now() ?? (map ? map.getCenter().toArray() : settings.bounds && [(settings.bounds[0] + settings.bounds[2]) / 2, (settings.bounds[1] + settings.bounds[3]) / 2]);
  note(say("mouthHint"));
}

function leave() {
  end();
  quiet();
  tell("redraw");
}

function dragFlag(map) {
  map.on("mousedown", "plan-start", (event) => {
    if (!mayMove() || aiming()) return;
    event.preventDefault();
    const from = event.point;
    let moved = false;
    const follow = ({ point, lngLat }) => {
      moved ||= point.dist(from) > FAR;
      if (moved) sketchStart(map, lngLat.toArray());
    };
    map.on("mousemove", follow);
    map.once("mouseup", ({ lngLat }) => {
      map.off("mousemove", follow);
      if (moved) setMouth(lngLat.toArray());
    });
  });
}

export function bindMouth(map, group) {
  version = group.version;
  button.addEventListener("click", () => (aiming() ? leave() : aim(map)));
  bindArrows(button, STEP, {
    current: () => place,
    draw: (to) => { place = to; sketchStart(map, to); },
    keep: setMouth,
    leave,
  });
  suggested.addEventListener("click", () => setMouth(group.suggested_mouth));
  map?.on("click", ({ lngLat }) => aiming() && setMouth(lngLat.toArray()));
  if (map) dragFlag(map);
  on("escape", () => aiming() && leave());
  const allow = () => {
    button.disabled = !mayMove();
    suggested.hidden = !mayMove() || group.suggested_mouth === null;
  };
  on("record", allow);
  allow();
}
