/** Drawing buildings and the boundary, and moving the corners of a building. */

import { TerraDraw, TerraDrawPolygonMode, TerraDrawSelectMode } from "terra-draw";
import { TerraDrawMapLibreGLAdapter } from "terra-draw-maplibre-gl-adapter";
import { note, quiet } from "../board/notes.js";
import { on } from "../board/events.js";
import { find, say } from "../board/settings.js";
import { buildingOf, change, changeBuilding, choose, editable, newBuilding, state } from "./drawing.js";

const DIGITS = 9;
const INK = "#b3201c";
const styles = { fillColor: INK, fillOpacity: 0.15, outlineColor: INK, outlineWidth: 3, closingPointColor: INK, closingPointWidth: 6 };
const CORNERS = { feature: { draggable: true, coordinates: { midpoints: true, draggable: true, deletable: true } } };

function makePen(map) {
  return new TerraDraw({
    adapter: new TerraDrawMapLibreGLAdapter({ map, coordinatePrecision: DIGITS }),
    modes: [new TerraDrawPolygonMode({ styles }), new TerraDrawSelectMode({ flags: { polygon: CORNERS } })],
  });
}

export function bindPen(map) {
  const pen = makePen(map);
  const buttons = { building: find("#tool-building"), boundary: find("#tool-boundary"), corners: find("#building-corners") };
  let doing = null;

  const stop = () => {
    if (doing?.name === "corners") keepCorners(pen, doing.key);
    if (pen.enabled) pen.stop();
    doing = null;
    document.body.dataset.drawing = "false";
    for (const button of Object.values(buttons)) button.setAttribute("aria-pressed", "false");
    quiet();
  };
  const begin = (name, hint) => {
    const again = doing?.name === name;
    stop();
    if (again) return false;
    doing = { name };
    document.body.dataset.drawing = "true";
    buttons[name].setAttribute("aria-pressed", "true");
    find("#tab-map").click();
    pen.start();
    note(say(hint));
    find("#map canvas").focus();
    return true;
  };
  buttons.building.addEventListener("click", () => begin("building", "drawBuilding") && pen.setMode("polygon"));
  buttons.boundary.addEventListener("click", () => begin("boundary", "drawBoundary") && pen.setMode("polygon"));
  buttons.corners.addEventListener("click", () => {
    const key = state.chosen;
    if (key === null || !begin("corners", "moveCorners")) return;
    doing.key = key;
    const [added] = pen.addFeatures([{ type: "Feature", geometry: rounded(buildingOf(key).outline), properties: { mode: "polygon" } }]);
    pen.setMode("select");
    if (added.valid) pen.selectFeature(added.id);
  });
  pen.on("finish", (id, { mode, action }) => {
    if (mode !== "polygon" || action !== "draw") return;
    const { geometry } = pen.getSnapshotFeature(id);
    const { name } = doing;
    // The pen is put down after it has told of the stroke, not while it does.
    setTimeout(() => {
      stop();
      if (name === "boundary") change(say("stepBoundary"), (next) => { next.boundary = { type: geometry.type, coordinates: geometry.coordinates }; });
      else addBuilding(geometry);
    });
  });
  document.addEventListener("keydown", (event) => {
    if (doing && (event.key === "Escape" || (event.key === "Enter" && doing.name === "corners"))) stop();
  });
  const allow = () => { for (const button of Object.values(buttons)) button.disabled = !editable(); };
  on("record", allow);
  allow();
}

/** The pen takes nine digits and no more. */
const rounded = ({ type, coordinates }) => ({ type, coordinates: coordinates.map((ring) => ring.map((corner) => corner.map((value) => Number(value.toFixed(DIGITS))))) });

function addBuilding(geometry) {
  const building = newBuilding(geometry);
  change(say("stepBuilding"), (next) => next.buildings.push(building));
  choose(building.key, "map");
}

function keepCorners(pen, key) {
  const moved = pen.getSnapshot().find(({ geometry, properties }) => geometry.type === "Polygon" && properties.mode === "polygon");
  if (!moved || JSON.stringify(moved.geometry.coordinates) === JSON.stringify(rounded(buildingOf(key).outline).coordinates)) return;
  const outline = { type: "Polygon", coordinates: moved.geometry.coordinates };
  changeBuilding(say("stepCorners"), key, (building) => { building.outline = outline; });
}
