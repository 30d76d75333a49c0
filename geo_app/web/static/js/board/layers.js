/** The plan on the map: lines with their direction, the start, the doors with their numbers. */

import { addMarks } from "./marks.js";
import { say, settings } from "./settings.js";

const EMPTY = { type: "FeatureCollection", features: [] };
const ODD = "#b8430a";
const EVEN = "#1457c4";
const NONE = "#8b949e";
const HAND = "#7a1fa2";

const zooming = (...stops) => ["interpolate", ["linear"], ["zoom"], ...stops];
const selected = ["boolean", ["feature-state", "selected"], false];
const numbered = settings.own.street_id ? ["case", ["==", ["%", ["to-number", ["get", "number"]], 2], 1], ODD, EVEN] : EVEN;
const parity = ["case", ["!", ["has", "number"]], NONE, ["==", ["get", "number"], null], NONE, numbered];
// Far away the rings would run together and hide the two colours: they grow with the dots.
const ring = (special, plain) => ["case", ["any", ["get", "by_hand"], ["get", "moved"], ["get", "kept"]], special, plain];
const SHORT = ["coalesce", ["get", "label"], ""];

function lineLayers() {
  return [
    { id: "plan-line", type: "line", source: "plan-lines", layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": "#f7c766", "line-width": zooming(14, 4, 18, 12) } },
    { id: "plan-arrow", type: "symbol", source: "plan-lines", layout: { "symbol-placement": "line", "symbol-spacing": 90, "icon-image": "arrow", "icon-size": 0.8, "icon-allow-overlap": true } },
    { id: "plan-start", type: "symbol", source: "plan-starts", layout: { "icon-image": "flag", "icon-anchor": "bottom-left", "icon-offset": [-6, 2], "icon-allow-overlap": true, "text-font": ["Bold"], "text-field": say("start"), "text-size": 13, "text-anchor": "bottom", "text-offset": [0.6, -2.5], "text-allow-overlap": true }, paint: { "text-color": "#b3201c", "text-halo-color": "#ffffff", "text-halo-width": 2 } },
  ];
}

function doorLayers() {
  return [
    { id: "door-halo", type: "circle", source: "plan-doors", paint: { "circle-color": "#ffd84d", "circle-opacity": ["case", selected, 0.95, 0], "circle-radius": zooming(14, 9, 16, 16, 19, 22) } },
    {
      id: "door", type: "circle", source: "plan-doors",
      paint: {
        "circle-color": parity,
        "circle-radius": zooming(13, 1.8, 15, 4.5, 16, 9, 19, 14),
        "circle-stroke-width": zooming(13, ring(0.4, 0.2), 15, ring(1.2, 0.6), 16, ring(2.6, 1), 18, ring(3.5, 1.2)),
        "circle-stroke-color": ["case", ["any", ["get", "by_hand"], ["get", "moved"]], HAND, ["get", "kept"], "#1f2933", "#ffffff"],
      },
    },
    { id: "door-number", type: "symbol", source: "plan-doors", minzoom: 15, layout: { "text-font": ["Bold"], "text-field": SHORT, "text-size": zooming(15, 8.5, 16, 11, 19, 14), "text-allow-overlap": true, "text-ignore-placement": true }, paint: { "text-color": "#ffffff", "text-halo-color": parity, "text-halo-width": 1 } },
    { id: "door-wall", type: "symbol", source: "plan-doors", minzoom: 15, layout: { visibility: "none", "text-font": ["Bold"], "text-field": ["get", "wall_label"], "text-size": 12, "text-offset": [0, 1.6], "text-allow-overlap": true }, paint: { "text-color": ["case", ["get", "differs"], "#b3201c", "#17663a"], "text-halo-color": "#ffffff", "text-halo-width": 2 } },
  ];
}

export function addPlanLayers(map) {
  addMarks(map);
  for (const name of ["plan-lines", "plan-starts"]) map.addSource(name, { type: "geojson", data: EMPTY });
  map.addSource("plan-doors", { type: "geojson", data: EMPTY, promoteId: "entrance_id" });
  for (const layer of [...lineLayers(), ...doorLayers()]) map.addLayer(layer);
  const [[column, own]] = Object.entries(settings.own);
  if (column === "street_id") map.setFilter("street-names", ["!=", ["id"], own]);
  map.setFilter("doors", ["!=", ["get", column], own]);
}

const startOf = (line) => line.properties?.start ?? line.geometry.coordinates[0];
const points = (places) => ({
  type: "FeatureCollection",
  features: places.map((coordinates) => ({ type: "Feature", properties: {}, geometry: { type: "Point", coordinates } })),
});

/** A street begins at the start of each line, a village group at its mouth. */
function starts({ lines, village_group: group }) {
  if (!group) return points(lines.features.map(startOf));
  return points(group.mouth ? [group.mouth] : []);
}

export function showPlan(map, plan) {
  map.getSource("plan-lines").setData(plan.lines);
  map.getSource("plan-starts").setData(starts(plan));
  map.getSource("plan-doors").setData(plan.doors);
}

export const compareOnMap = (map, on) => map.setLayoutProperty("door-wall", "visibility", on ? "visible" : "none");

/** Draw the start elsewhere without writing it. */
export const sketchStart = (map, place) => map?.getSource("plan-starts").setData(points([place]));

let marked = null;
export function markDoor(map, id) {
  if (marked !== null) map.setFeatureState({ source: "plan-doors", id: marked }, { selected: false });
  if (id !== null) map.setFeatureState({ source: "plan-doors", id }, { selected: true });
  marked = id;
}
