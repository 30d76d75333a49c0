/** A small map with one place. */

import { openMap } from "./map.js";
import { settings } from "./settings.js";

const map = await openMap();
if (map) {
  map.addSource("place", { type: "geojson", data: { type: "Feature", properties: {}, geometry: { type: "Point", coordinates: settings.place } } });
  map.addLayer({ id: "place", type: "circle", source: "place", paint: { "circle-color": "#b3201c", "circle-radius": 8, "circle-stroke-color": "#ffffff", "circle-stroke-width": 2.5 } });
}
document.body.dataset.ready = "true";
