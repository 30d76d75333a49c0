/** The answer to a search on the map of whatever page it is: the map moves there, a mark and a way to its page. */

import { popup } from "../board/map.js";
import { element } from "../board/settings.js";
import { shown } from "../board/shown.js";

const SOURCE = "search-answer";
const NEAR = 18;
let told = null;

function draw(map, place) {
  const data = { type: "Feature", properties: {}, geometry: { type: "Point", coordinates: place } };
  if (map.getSource(SOURCE)) {
    map.getSource(SOURCE).setData(data);
    return;
  }
  map.addSource(SOURCE, { type: "geojson", data });
  map.addLayer({ id: SOURCE, type: "circle", source: SOURCE, paint: { "circle-color": "#b3201c", "circle-radius": 9, "circle-stroke-color": "#ffffff", "circle-stroke-width": 3 } });
}

/** Show where `found` is, with a link to its `page`. */
export function mark(found, { page, words }) {
  const { map } = shown;
  const place = [found.lon, found.lat];
  draw(map, place);
  told?.remove();
  const close = element("button", { type: "button", class: "button small" }, words.close);
  close.addEventListener("click", () => told.remove());
  const row = element("p", { class: "button-row" }, element("a", { class: "button small primary", href: page }, words.open), close);
  told = popup({ offset: 14, className: "search-mark", maxWidth: "280px" });
  told.setLngLat(place).setDOMContent(element("div", { role: "status" }, element("p", {}, found.standard_text), row)).addTo(map);
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  map.easeTo({ center: place, zoom: Math.max(map.getZoom(), NEAR), duration: still ? 0 : 300 });
  map.getContainer().scrollIntoView({ block: "nearest" });
}
