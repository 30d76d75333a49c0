/** Choosing a street, on the map or in the list. */

import { bindDrawing } from "./draw.js";
import { on } from "./events.js";
import { openMap } from "./map.js";
import { complain, note, quiet } from "./notes.js";
import { say } from "./settings.js";
import { load, pick, streetOf } from "./streets.js";

function bindMap(map) {
  map.on("mouseenter", "street-hit", () => { map.getCanvas().style.cursor = "pointer"; });
  map.on("mouseleave", "street-hit", () => { map.getCanvas().style.cursor = ""; });
  map.on("click", "street-hit", ({ features: [street] }) => pick(street.id, "map"));
  on("picked", ({ id, origin }) => {
    map.setFilter("street-picked", ["==", ["id"], id]);
    const street = streetOf(id);
    if (origin === "list" && street?.bbox) map.fitBounds(street.bbox, { padding: 80, maxZoom: 17, duration: 300 });
  });
  bindDrawing(map);
}

async function begin() {
  note(say("loading"));
  const [map] = await Promise.all([openMap(), load()]);
  if (map) {
    bindMap(map);
    quiet();
  }
  document.body.dataset.ready = "true";
}

begin().catch(complain);
