/** The map of one case: its door with the number, the neighbours before and after it. */

import { openMap } from "../board/map.js";
import { settings } from "../board/settings.js";

const point = (lon, lat, text, kind) => ({ type: "Feature", properties: { text, kind }, geometry: { type: "Point", coordinates: [lon, lat] } });

const map = await openMap();
if (map) {
  const neighbours = (settings.neighbours ?? []).map(({ lon, lat, text }) => point(lon, lat, text, "beside"));
  const features = [...neighbours, point(...settings.place, settings.label, "own")];
  if (settings.street) map.setFilter("street-picked", ["==", ["id"], settings.street]);
  map.addSource("case", { type: "geojson", data: { type: "FeatureCollection", features } });
  const own = ["==", ["get", "kind"], "own"];
  map.addLayer({ id: "case", type: "circle", source: "case", paint: { "circle-color": ["case", own, "#b3201c", "#1457c4"], "circle-radius": ["case", own, 9, 6], "circle-stroke-color": "#ffffff", "circle-stroke-width": 2.5 } });
  map.addLayer({ id: "case-text", type: "symbol", source: "case", layout: { "text-font": ["Bold"], "text-field": ["get", "text"], "text-size": ["case", own, 17, 13], "text-offset": [0, -1.3], "text-allow-overlap": true }, paint: { "text-color": ["case", own, "#b3201c", "#1457c4"], "text-halo-color": "#ffffff", "text-halo-width": 2 } });
}
document.body.dataset.ready = "true";
