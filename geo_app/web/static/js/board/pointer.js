/** Doors under the pointer: the reason on hovering, choosing on a click, dragging, adding. */

import { change, remove, write } from "../api.js";
import { on, tell } from "./events.js";
import { remember } from "./history.js";
import { popup, refreshTiles } from "./map.js";
import { complain, note, quiet } from "./notes.js";
import { choose, editable, state } from "./state.js";
import { element, find, may, say, settings } from "./settings.js";

const FAR = 4;
export const versions = new Map();
const mayMove = () => editable() && may("entrance.edit");

async function put(id, [lon, lat]) {
  const version = versions.get(id) ?? state.byId.get(id)?.properties.version;
  const answer = await change(`/api/v1/entrances/${id}`, { lon, lat }, { version });
  if (answer?.version !== undefined) versions.set(id, answer.version);
  tell("changed");
}

/** Move a door as a step that can be undone. */
export async function moveDoor(id, to) {
  const from = [...state.byId.get(id).geometry.coordinates];
  try {
    await put(id, to);
    remember(say("stepMove"), () => put(id, from), () => put(id, to));
  } catch (problem) {
    complain(problem);
    tell("redraw");
  }
}

async function addDoor([lon, lat]) {
  const create = async () => {
    const made = settings.own.street_id
      ? await write("/api/v1/entrances", { ...settings.own, lon, lat })
      : await write(`${settings.place}/houses`, { lon, lat });
    versions.set(made.id, made.version);
    tell("changed");
    return made.id;
  };
  try {
    let id = await create();
    const back = async () => {
      await remove(`/api/v1/entrances/${id}`, { version: versions.get(id) });
      tell("changed");
    };
    remember(say("stepAdd"), back, async () => { id = await create(); });
  } catch (problem) {
    complain(problem);
  }
}

/** Bind the map's pointer to the doors. */
export function bindPointer(map) {
  hover(map);
  drag(map);
  add(map);
  on("redrawTiles", () => refreshTiles(map, "entrances"));
}

function hover(map) {
  const tip = popup({ offset: 16, className: "door-tip" });
  map.on("mousemove", "door", ({ features: [door], point }) => {
    map.getCanvas().style.cursor = mayMove() ? "move" : "pointer";
    const { text, reason } = door.properties;
    tip.setLngLat(door.geometry.coordinates).setDOMContent(element("div", {}, element("strong", {}, text || say("doorWithout")), reason ?? "")).addTo(map);
    void point;
  });
  map.on("mouseleave", "door", () => {
    map.getCanvas().style.cursor = "";
    tip.remove();
  });
  map.on("mousedown", "door", () => tip.remove());
  map.on("click", "door", ({ features: [door] }) => {
    if (!aiming()) choose(door.properties.entrance_id, "map");
  });
}

function drag(map) {
  const begin = (event) => {
    const [door] = event.features;
    const id = door.properties.entrance_id;
    const finger = event.type === "touchstart";
    if (!mayMove() || aiming() || (finger && moving() !== id)) return;
    event.preventDefault();
    const from = event.point;
    let moved = false;
    const follow = ({ point, lngLat }) => {
      moved ||= point.dist(from) > FAR;
      if (moved) sketch(map, id, [lngLat.lng, lngLat.lat]);
    };
    map.on(finger ? "touchmove" : "mousemove", follow);
    map.once(finger ? "touchend" : "mouseup", ({ lngLat }) => {
      map.off(finger ? "touchmove" : "mousemove", follow);
      if (moved) moveDoor(id, [lngLat.lng, lngLat.lat]);
    });
  };
  map.on("mousedown", "door", begin);
  map.on("touchstart", "door", begin);
}

const moving = () => (find("#door-move").getAttribute("aria-pressed") === "true" ? state.chosen : null);

/** Draw a door elsewhere without writing it. */
export function sketch(map, id, place) {
  const features = state.plan.doors.features.map((door) =>
    door.properties.entrance_id === id ? { ...door, geometry: { type: "Point", coordinates: place } } : door,
  );
  map.getSource("plan-doors").setData({ ...state.plan.doors, features });
}

const button = find("#tool-add");
const aiming = () => button.getAttribute("aria-pressed") === "true";

export function aim(on) {
  button.setAttribute("aria-pressed", String(on));
  find("#map").classList.toggle("aiming", on);
  if (on) note(say("addHint"));
  else quiet();
}

function add(map) {
  button.disabled = !mayMove();
  button.addEventListener("click", () => aim(!aiming()));
  map.on("click", ({ lngLat }) => {
    if (!aiming()) return;
    aim(false);
    addDoor([lngLat.lng, lngLat.lat]);
  });
  on("record", () => { button.disabled = !mayMove(); });
}
