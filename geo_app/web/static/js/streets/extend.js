/** The form that extends a street: a line drawn on the map goes into the field as points, one a line. */

import { TerraDraw, TerraDrawLineStringMode } from "terra-draw";
import { TerraDrawMapLibreGLAdapter } from "terra-draw-maplibre-gl-adapter";
import { openMap } from "../board/map.js";
import { complain, note } from "../board/notes.js";
import { say } from "../board/settings.js";
import { field, showStreet } from "./ground.js";

const DIGITS = 9;
const INK = "#b3201c";
const SHOWN = 7;

function bindPen(map) {
  const pen = new TerraDraw({
    adapter: new TerraDrawMapLibreGLAdapter({ map, coordinatePrecision: DIGITS }),
    modes: [new TerraDrawLineStringMode({ styles: { lineStringColor: INK, lineStringWidth: 4, closingPointColor: INK, closingPointWidth: 6 } })],
  });
  pen.start();
  pen.setMode("linestring");
  note(say("extendHint"));
  pen.on("finish", (id) => {
    const { coordinates } = pen.getSnapshotFeature(id).geometry;
    field("line").value = coordinates.map(([lon, lat]) => `${lon.toFixed(SHOWN)}, ${lat.toFixed(SHOWN)}`).join("\n");
    pen.getSnapshot().filter((one) => one.id !== id && one.geometry.type === "LineString").forEach((one) => pen.removeFeatures([one.id]));
  });
}

async function begin() {
  const map = await openMap();
  if (map) {
    showStreet(map);
    bindPen(map);
  }
  document.body.dataset.ready = "true";
}

begin().catch(complain);
