/** A street's page and the forms that cut it: the line on the map, a click that says where. */

import { openMap } from "../board/map.js";
import { complain, note } from "../board/notes.js";
import { say, settings } from "../board/settings.js";
import { describe, field, showCut, showStreet } from "./ground.js";
import { nearest } from "./measure.js";
import "./naming.js";

const metres = field("metres");

// Typed metres take the place of a point clicked before: at once, a map may be long in coming.
metres?.addEventListener("input", () => {
  field("lon").value = field("lat").value = "";
});

/** Let a click on the map fill in the point. */
function bindCut(map) {
  if (!settings.cut) note(say("cutHint"));
  map.getCanvas().style.cursor = "crosshair";
  map.on("click", ({ lngLat }) => {
    const cut = nearest(settings.line, [lngLat.lng, lngLat.lat]);
    if (!cut) return;
    const at = { lon: lngLat.lng, lat: lngLat.lat, metres: Math.round(cut.metres * 10) / 10 };
    metres.value = at.metres;
    field("lon").value = at.lon;
    field("lat").value = at.lat;
    showCut(map, { ...cut, metres: at.metres });
    note(describe(at));
  });
}

async function begin() {
  const map = await openMap();
  if (map) showStreet(map);
  if (map && metres) bindCut(map);
  document.body.dataset.ready = "true";
}

begin().catch(complain);
