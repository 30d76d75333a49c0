/** Addresses as marks on a map: the answer, others that may be meant, the place that was asked about; names on pointing. */

import { popup } from "../board/map.js";
import { element } from "../board/settings.js";

const PAINT = {
  "circle-color": ["match", ["get", "mark"], "best", "#b3201c", "asked", "#ffffff", "#1457c4"],
  "circle-radius": ["match", ["get", "mark"], "best", 9, 7],
  "circle-stroke-color": ["match", ["get", "mark"], "asked", "#b3201c", "#ffffff"],
  "circle-stroke-width": 3,
};

const feature = ({ lon, lat, ...properties }) => ({ type: "Feature", properties, geometry: { type: "Point", coordinates: [lon, lat] } });

const layer = (places) => ({ type: "FeatureCollection", features: places.map(feature) });

/** Show other places than before. */
export const replacePlaces = (map, places) => map.getSource("found").setData(layer(places));

export function showPlaces(map, places) {
  map.addSource("found", { type: "geojson", data: layer(places) });
  map.addLayer({ id: "found", type: "circle", source: "found", paint: PAINT });
  const told = popup({ offset: 12 });
  map.on("mouseenter", "found", ({ features: [one], lngLat }) => {
    if (one.properties.text) told.setLngLat(lngLat).setDOMContent(element("p", {}, one.properties.text)).addTo(map);
  });
  map.on("mouseleave", "found", () => told.remove());
}
