/** The street on the map: its lines, where it starts, and where it is cut. */

import { find, say, settings } from "../board/settings.js";

const WHOLE = "#0b5cad";
const SECOND = "#c2410c";

const lines = (coordinates) => ({ type: "Feature", properties: {}, geometry: { type: "MultiLineString", coordinates } });
const points = (...features) => ({ type: "FeatureCollection", features });
const point = (coordinates, text) => ({ type: "Feature", properties: { text }, geometry: { type: "Point", coordinates } });

function draw(map, id, coordinates, colour) {
  map.addSource(id, { type: "geojson", data: lines(coordinates) });
  map.addLayer({ id, type: "line", source: id, layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": colour, "line-width": 5, "line-opacity": 0.85 } });
}

/** Draw the street; of a cut one either part in its colour. */
export function showStreet(map) {
  draw(map, "street-shown", settings.first ?? settings.lines, WHOLE);
  if (settings.second) draw(map, "street-second", settings.second, SECOND);
  map.addSource("street-marks", { type: "geojson", data: marks(settings.cut) });
  map.addLayer({ id: "street-marks", type: "circle", source: "street-marks", paint: { "circle-radius": 7, "circle-color": "#ffffff", "circle-stroke-color": SECOND, "circle-stroke-width": 3 } });
  map.addLayer({ id: "street-mark-names", type: "symbol", source: "street-marks", layout: { "text-field": ["get", "text"], "text-font": ["Regular"], "text-size": 13, "text-offset": [0, 1.2], "text-anchor": "top" }, paint: { "text-color": "#1d2733", "text-halo-color": "#ffffff", "text-halo-width": 2 } });
}

function marks(cut) {
  const start = settings.line.length > 0 ? [point(settings.line[0], say("streetStart"))] : [];
  return points(...start, ...(cut ? [point([cut.lon, cut.lat], say("cutHere", { metres: cut.metres }))] : []));
}

export const showCut = (map, cut) => map.getSource("street-marks").setData(marks(cut));

export const describe = (cut) => say("cutHere", { metres: cut.metres });

export const field = (name) => find(`#${name}`);
