/** The outline that the page shows, on the map: dashed where it is derived. */

import { read } from "../api.js";
import { note } from "../board/notes.js";
import { say, settings } from "../board/settings.js";

const EMPTY = { type: "FeatureCollection", features: [] };
const COLOUR = "#7a2ea0";

/** Return the outline as a feature, or null where there is none on the day. */
export async function readGround() {
  if (settings.outline === null) return null;
  return read(`/api/v1/divisions/${settings.division}/outlines/${settings.outline}`);
}

export function showGround(map, ground) {
  map.addSource("ground-shown", { type: "geojson", data: ground ?? EMPTY });
  map.addLayer({ id: "ground-fill", type: "fill", source: "ground-shown", paint: { "fill-color": COLOUR, "fill-opacity": 0.12 } });
  map.addLayer({
    id: "ground-line", type: "line", source: "ground-shown", layout: { "line-join": "round" },
    paint: { "line-color": COLOUR, "line-width": 3, "line-dasharray": ground?.properties.derived ? [2, 1.5] : [1, 0] },
  });
  if (!ground) note(say("noOutline"));
}

/** Hide the shown outline while another one is drawn in its place. */
export const veil = (map, hidden) => map.setLayoutProperty("ground-fill", "visibility", hidden ? "none" : "visible");
