/** Choosing the door of a case on the map: one that stands there, or the place of a new one; the rule's number at once. */

import { write } from "../api.js";
import { note, quiet } from "../board/notes.js";
import { find, say } from "../board/settings.js";

const EMPTY = { type: "FeatureCollection", features: [] };
const fields = { street: find("#street-id"), entrance: find("#entrance-id"), lon: find("#lon"), lat: find("#lat") };
const shown = { street: find("#street-chosen"), door: find("#door-chosen"), proposal: find("#proposal") };

export function clearDoor(map) {
  for (const field of [fields.entrance, fields.lon, fields.lat]) field.value = "";
  shown.door.textContent = "";
  shown.proposal.hidden = true;
  map?.getSource("chosen")?.setData(EMPTY);
}

export function takeStreet(map, street) {
  fields.street.value = street.id;
  shown.street.textContent = street.name;
  clearDoor(map);
  if (!map) return;
  map.setFilter("street-picked", ["==", ["id"], street.id]);
  if (street.bbox) map.fitBounds(street.bbox, { padding: 60, maxZoom: 17.5, duration: 300 });
  note(say("pickDoor"));
}

function takeDoor(map, { id, place }) {
  fields.entrance.value = id ?? "";
  fields.lon.value = id ? "" : place.lng;
  fields.lat.value = id ? "" : place.lat;
  shown.door.textContent = id ? say("doorChosen", { id }) : say("newDoor");
  map.getSource("chosen").setData({ type: "Feature", properties: {}, geometry: { type: "Point", coordinates: [place.lng, place.lat] } });
  quiet();
}

async function propose(map, { id, place }) {
  const body = id ? { entrance_id: id } : { lon: place.lng, lat: place.lat };
  const found = await write(`/api/v1/streets/${fields.street.value}/case-number`, body);
  const beside = found.before && found.after ? ` ${say("between", { before: found.before.text, after: found.after.text })}` : "";
  shown.proposal.textContent = found.text ? say("proposed", found) + beside : say("noNumber", found);
  shown.proposal.hidden = false;
}

/** Bind the map: a street that is clicked is taken, then a door or a place on it; `refused` hears what the server refuses. */
export function bindDoor(map, refused) {
  map.addSource("chosen", { type: "geojson", data: EMPTY });
  map.addLayer({ id: "chosen", type: "circle", source: "chosen", paint: { "circle-color": "#b3201c", "circle-radius": 8, "circle-stroke-color": "#ffffff", "circle-stroke-width": 2.5 } });
  map.on("mouseenter", "street-hit", () => { map.getCanvas().style.cursor = "pointer"; });
  map.on("mouseleave", "street-hit", () => { map.getCanvas().style.cursor = ""; });
  map.on("click", (event) => {
    const near = [[event.point.x - 7, event.point.y - 7], [event.point.x + 7, event.point.y + 7]];
    const [door] = map.queryRenderedFeatures(near, { layers: ["doors"] });
    const [street] = map.queryRenderedFeatures(event.point, { layers: ["street-hit"] });
    if (door) {
      const ofDoor = door.properties.street_id;
      if (ofDoor && String(ofDoor) !== fields.street.value) takeStreet(null, { id: ofDoor, name: nameOf(map, ofDoor) });
    } else if (!fields.street.value) {
      if (street) takeStreet(map, { id: street.id, name: street.properties.name ?? "" });
      else note(say("pickStreet"));
      return;
    }
    const [lng, lat] = door ? door.geometry.coordinates : event.lngLat.toArray();
    const chosen = { id: door?.id, place: { lng, lat } };
    map.setFilter("street-picked", ["==", ["id"], Number(fields.street.value)]);
    takeDoor(map, chosen);
    propose(map, chosen).catch(refused);
  });
}

const nameOf = (map, id) =>
  map.querySourceFeatures("streets", { sourceLayer: "streets" }).find((street) => street.id === id)?.properties.name ?? `#${id}`;
