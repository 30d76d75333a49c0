/** The map of the search page: what was found, and a click that asks for the doors near it. */

import { fitting, openMap, popup } from "../board/map.js";
import { complain } from "../board/notes.js";
import { element, find } from "../board/settings.js";

const PAINT = {
  "circle-color": ["match", ["get", "mark"], "best", "#b3201c", "asked", "#ffffff", "#1457c4"],
  "circle-radius": ["match", ["get", "mark"], "best", 9, 7],
  "circle-stroke-color": ["match", ["get", "mark"], "asked", "#b3201c", "#ffffff"],
  "circle-stroke-width": 3,
};

const places = () => JSON.parse(find("#answer").dataset.places);

const feature = ({ lon, lat, ...properties }) => ({ type: "Feature", properties, geometry: { type: "Point", coordinates: [lon, lat] } });

const layer = () => ({ type: "FeatureCollection", features: places().map(feature) });

/** Put the answer to another question into the page, as the server writes it. */
async function ask(map, { lng, lat }) {
  const text = `${lng.toFixed(6)},${lat.toFixed(6)}`;
  const address = `${window.location.pathname}?${new URLSearchParams({ text })}`;
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.statusText);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  find("#answer").replaceWith(page.querySelector("#answer"));
  find("#search-text").value = text;
  window.history.pushState(null, "", address);
  map.getSource("found").setData(layer());
}

function bindNames(map) {
  const told = popup({ offset: 12 });
  map.on("mouseenter", "found", ({ features: [one], lngLat }) => {
    if (one.properties.text) told.setLngLat(lngLat).setDOMContent(element("p", {}, one.properties.text)).addTo(map);
  });
  map.on("mouseleave", "found", () => told.remove());
}

async function begin() {
  const map = await openMap();
  if (map) {
    map.addSource("found", { type: "geojson", data: layer() });
    map.addLayer({ id: "found", type: "circle", source: "found", paint: PAINT });
    const bounds = JSON.parse(find("#answer").dataset.bounds);
    if (bounds) map.fitBounds(bounds, { ...fitting(), duration: 0 });
    map.getCanvas().style.cursor = "crosshair";
    map.on("click", ({ lngLat }) => ask(map, lngLat).catch(complain));
    bindNames(map);
  }
  document.body.dataset.ready = "true";
}

window.addEventListener("popstate", () => window.location.reload());
begin().catch(complain);
