/** Two plans on two maps that move together; a door chosen in a list is shown on both. */

import { read } from "../api.js";
import { addPlanLayers, showPlan } from "../board/layers.js";
import { openMap } from "../board/map.js";
import { complain, note, quiet } from "../board/notes.js";
import { find, say, settings } from "../board/settings.js";
import { labelOf } from "../board/state.js";

const DIFFERS = "#c2185b";
const SAME = "#ffffff";
const differs = ["get", "differs"];

function prepare(side, differing) {
  for (const { properties } of side.doors.features) {
    properties.label = labelOf(properties);
    properties.differs = differing.has(properties.entrance_id);
  }
  return side;
}

function show(map, side) {
  addPlanLayers(map);
  map.setPaintProperty("door", "circle-stroke-color", ["case", differs, DIFFERS, SAME]);
  // Far away the rings would run together and hide the doors.
  map.setPaintProperty("door", "circle-stroke-width", ["interpolate", ["linear"], ["zoom"], 14, ["case", differs, 0.8, 0.3], 17, ["case", differs, 4, 1]]);
  map.setPaintProperty("door", "circle-opacity", ["case", differs, 1, 0.6]);
  showPlan(map, side);
}

/** Let each map follow the other; the one that is led does not lead back. */
function together(maps) {
  let leader = null;
  for (const map of maps) {
    map.on("move", () => {
      if (leader !== null && leader !== map) return;
      leader = map;
      const view = { center: map.getCenter(), zoom: map.getZoom(), bearing: map.getBearing() };
      for (const other of maps) if (other !== map) other.jumpTo(view);
      leader = null;
    });
  }
}

function mark(maps, sides, id) {
  const door = sides.flatMap((side) => side.doors.features).find(({ properties }) => properties.entrance_id === id);
  for (const map of maps) {
    if (mark.last !== undefined) map.setFeatureState({ source: "plan-doors", id: mark.last }, { selected: false });
    map.setFeatureState({ source: "plan-doors", id }, { selected: true });
  }
  mark.last = id;
  if (door) maps[0].easeTo({ center: door.geometry.coordinates, zoom: Math.max(maps[0].getZoom(), 17.5), duration: 300 });
}

function bindLists(maps, sides) {
  for (const button of document.querySelectorAll("[data-door]")) {
    button.addEventListener("click", () => {
      for (const row of document.querySelectorAll("tr[aria-selected]")) row.removeAttribute("aria-selected");
      button.closest("tr")?.setAttribute("aria-selected", "true");
      mark(maps, sides, Number(button.dataset.door));
      find(".compare-maps").scrollIntoView({ block: "nearest" });
    });
  }
}

async function begin() {
  note(say("loading"));
  const query = new URLSearchParams({ one: settings.one, other: settings.other });
  const [one, other, compared] = await Promise.all([openMap("#map-one"), openMap("#map-other"), read(`/api/v1/streets/${settings.own.street_id}/plan-comparison?${query}`)]);
  if (one && other) {
    const differing = new Set(compared.doors.filter((door) => door.differs).map((door) => door.entrance_id));
    const sides = [prepare(compared.one, differing), prepare(compared.other, differing)];
    show(one, sides[0]);
    show(other, sides[1]);
    together([one, other]);
    bindLists([one, other], sides);
    quiet();
  }
  document.body.dataset.ready = "true";
}

if (find("#map-one") === null) document.body.dataset.ready = "true";
else begin().catch(complain);
