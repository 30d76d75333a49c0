/** The estate on the map: footprints with their numbers, the S from number to number, units, gate, boundary. */

import { on } from "../board/events.js";
import { popup } from "../board/map.js";
import { addMarks } from "../board/marks.js";
import { element, say } from "../board/settings.js";
import { choose, drawing, numberOf, state } from "./drawing.js";

const EMPTY = { type: "FeatureCollection", features: [] };
const ROWS = ["#cfe3f7", "#fbe0c8", "#d5ecd3"];
const KEPT = "#1f2933";
const HAND = "#7a1fa2";
const INK = "#12376b";
const zooming = (...stops) => ["interpolate", ["linear"], ["zoom"], ...stops];
const chosen = ["boolean", ["feature-state", "chosen"], false];
const collection = (features) => ({ type: "FeatureCollection", features });
const feature = (geometry, properties = {}) => ({ type: "Feature", geometry, properties });

function layers() {
  return [
    { id: "estate-boundary", type: "line", source: "estate-boundary", paint: { "line-color": "#7a2ea0", "line-width": 2.5, "line-dasharray": [3, 1.5] } },
    { id: "estate-building", type: "fill", source: "estate-buildings", paint: { "fill-color": ["match", ["%", ["coalesce", ["get", "row"], 0], 3], 1, ROWS[0], 2, ROWS[1], ROWS[2]], "fill-opacity": ["case", ["has", "row"], 0.95, 0.45] } },
    { id: "estate-wall", type: "line", source: "estate-buildings", paint: { "line-color": ["case", chosen, "#f5a300", ["get", "by_hand"], HAND, ["get", "kept"], KEPT, "#55636f"], "line-width": ["case", chosen, 5, ["any", ["get", "by_hand"], ["get", "kept"]], 3, 1.4] } },
    { id: "estate-walk", type: "line", source: "estate-walk", layout: { "line-join": "round" }, paint: { "line-color": "#b3201c", "line-width": 2, "line-opacity": 0.75 } },
    { id: "estate-arrow", type: "symbol", source: "estate-walk", layout: { "symbol-placement": "line", "symbol-spacing": 70, "icon-image": "arrow", "icon-size": 0.7, "icon-allow-overlap": true } },
    { id: "estate-unit", type: "symbol", source: "estate-units", minzoom: 17.5, layout: { "text-font": ["Regular"], "text-field": ["get", "unit"], "text-size": 11, "text-offset": [0, 1.1], "text-allow-overlap": true }, paint: { "text-color": INK, "text-halo-color": "#ffffff", "text-halo-width": 1.5 } },
    { id: "estate-number", type: "symbol", source: "estate-labels", layout: { "text-font": ["Bold"], "text-field": ["get", "text"], "text-size": zooming(14, 10, 17, 14, 20, 18), "text-allow-overlap": true }, paint: { "text-color": INK, "text-halo-color": "#ffffff", "text-halo-width": 2.5 } },
    { id: "estate-gate", type: "symbol", source: "estate-gate", layout: { "icon-image": "flag", "icon-anchor": "bottom-left", "icon-offset": [-6, 2], "icon-allow-overlap": true, "text-font": ["Bold"], "text-field": ["get", "text"], "text-size": 13, "text-anchor": "top", "text-offset": [0, 0.3], "text-allow-overlap": true }, paint: { "text-color": "#b3201c", "text-halo-color": "#ffffff", "text-halo-width": 2 } },
  ];
}

export function addLayers(map) {
  addMarks(map);
  for (const name of ["boundary", "walk", "units", "labels", "gate"]) map.addSource(`estate-${name}`, { type: "geojson", data: EMPTY });
  map.addSource("estate-buildings", { type: "geojson", data: EMPTY, promoteId: "key" });
  for (const layer of layers()) map.addLayer(layer);
}

/** Show what is drawn: at once without numbers, then with those that were computed. */
function show(map) {
  const { buildings, gate, boundary } = drawing();
  const known = (key) => numberOf(key) ?? { key, by_hand: false, kept: false };
  const put = (name, features) => map.getSource(`estate-${name}`).setData(collection(features));
  put("buildings", buildings.map(({ key, outline }) => feature(outline, known(key))));
  put("boundary", boundary ? [feature(boundary)] : []);
  put("gate", gate.lon === null ? [] : [feature({ type: "Point", coordinates: [gate.lon, gate.lat] }, { text: `${say("gate")} ${gate.number}` })]);
  const numbered = buildings.map(({ key }) => numberOf(key)).filter(Boolean).sort((a, b) => a.place - b.place);
  put("labels", numbered.map(({ key, text, label }) => feature({ type: "Point", coordinates: label }, { key, text })));
  put("walk", numbered.length > 1 ? [feature({ type: "LineString", coordinates: numbered.map(({ label }) => label) })] : []);
  const units = state.numbers?.unit_places.filter(({ key }) => (numberOf(key)?.units.length ?? 0) > 1) ?? [];
  put("units", units.map(({ lon, lat, unit }) => feature({ type: "Point", coordinates: [lon, lat] }, { unit })));
}

function bindPointer(map) {
  const tip = popup({ offset: 8, className: "door-tip" });
  const keyAt = (point) => map.queryRenderedFeatures(point, { layers: ["estate-building"] })[0]?.properties.key ?? null;
  map.on("click", (event) => {
    if (document.body.dataset.drawing === "true") return;
    choose(keyAt(event.point), "map");
  });
  map.on("mousemove", (event) => {
    const key = document.body.dataset.drawing === "true" ? null : keyAt(event.point);
    const number = key && numberOf(key);
    map.getCanvas().style.cursor = key ? "pointer" : "";
    if (!number) return tip.remove();
    return tip.setLngLat(event.lngLat).setDOMContent(element("div", {}, element("strong", {}, number.text), number.reason)).addTo(map);
  });
}

export function bindMap(map) {
  addLayers(map);
  bindPointer(map);
  let marked = null;
  on("drawn", () => show(map));
  on("numbers", () => show(map));
  on("chosen", ({ key, origin }) => {
    if (marked !== null) map.setFeatureState({ source: "estate-buildings", id: marked }, { chosen: false });
    if (key !== null) map.setFeatureState({ source: "estate-buildings", id: key }, { chosen: true });
    marked = key;
    const place = key && numberOf(key)?.label;
    if (place && origin !== "map" && !map.getBounds().contains(place)) map.easeTo({ center: place, duration: 200 });
  });
  show(map);
}
