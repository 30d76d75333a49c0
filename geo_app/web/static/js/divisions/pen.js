/** Drawing an outline corner by corner, moving its corners, and taking steps back. */

import { TerraDraw, TerraDrawModeUndoRedo, TerraDrawPolygonMode, TerraDrawSelectMode, TerraDrawSessionUndoRedo } from "terra-draw";
import { TerraDrawMapLibreGLAdapter } from "terra-draw-maplibre-gl-adapter";

const DIGITS = 9;
const INK = "#b3201c";
const CORNERS = { feature: { draggable: false, coordinates: { midpoints: true, draggable: true, deletable: true } } };

const styles = { fillColor: INK, fillOpacity: 0.15, outlineColor: INK, outlineWidth: 3, closingPointColor: INK, closingPointWidth: 6 };

/** Return the polygons of an outline, or null where one has a hole: the pen cannot move a hole's corners. */
export function polygonsOf(ground) {
  const polygons = ground.geometry.coordinates;
  if (polygons.some((rings) => rings.length > 1)) return null;
  return polygons.map((coordinates) => ({ type: "Feature", geometry: { type: "Polygon", coordinates }, properties: { mode: "polygon" } }));
}

/** Return a pen for the map; `changed` is told the ground (MultiPolygon or null) after each step. */
export function makePen(map, changed) {
  const session = new TerraDrawSessionUndoRedo();
  const pen = new TerraDraw({
    adapter: new TerraDrawMapLibreGLAdapter({ map, coordinatePrecision: DIGITS }),
    modes: [new TerraDrawPolygonMode({ styles }), new TerraDrawSelectMode({ flags: { polygon: CORNERS } })],
    undoRedo: { modeLevel: new TerraDrawModeUndoRedo(), sessionLevel: session },
  });
  const finished = () => pen.getSnapshot().filter(({ geometry, properties }) => geometry.type === "Polygon" && properties.mode === "polygon");
  const tell = () => changed(pen.getModeState() === "drawing" ? [] : finished());
  pen.on("finish", (id, { mode, action }) => {
    if (mode === "polygon" && action === "draw") {
      pen.setMode("select");
      pen.selectFeature(id);
    }
    tell();
  });
  return {
    draw() {
      pen.start();
      pen.setMode("polygon");
    },
    edit(polygons) {
      pen.start();
      const added = pen.addFeatures(polygons);
      pen.setMode("select");
      if (added.length === 1) pen.selectFeature(added[0].id);
      // The outline as loaded is no step: taking it back would leave nothing.
      session.clearHistory();
      tell();
      return added.every(({ valid }) => valid);
    },
    stop: () => pen.enabled && pen.stop(),
    step(way) {
      if (pen.enabled) pen[way]();
      tell();
    },
    on: () => pen.enabled,
    can: (way) => pen.enabled && (way === "undo" ? pen.canUndo() : pen.canRedo()),
    onHistory: (told) => pen.on("history", told),
  };
}

export const groundOf = (polygons) => ({ type: "MultiPolygon", coordinates: polygons.map(({ geometry }) => geometry.coordinates) });
