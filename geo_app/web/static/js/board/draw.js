/** Drawing a new street, then giving it its approved name. */

import { TerraDraw, TerraDrawLineStringMode } from "terra-draw";
import { TerraDrawMapLibreGLAdapter } from "terra-draw-maplibre-gl-adapter";
import { write } from "../api.js";
import { complain, note, quiet } from "./notes.js";
import { find, say } from "./settings.js";
import { boardOf } from "./streets.js";
import "../streets/naming.js";

const DIGITS = 9;
const dialog = find("#new-street");
let line = null;

export function bindDrawing(map) {
  const button = find("#draw-street");
  if (!button) return;
  const pen = new TerraDraw({
    adapter: new TerraDrawMapLibreGLAdapter({ map, coordinatePrecision: DIGITS }),
    modes: [new TerraDrawLineStringMode({ styles: { lineStringColor: "#b3201c", lineStringWidth: 4, closingPointColor: "#b3201c", closingPointWidth: 6 } })],
  });
  const stop = () => {
    if (pen.enabled) pen.stop();
    button.removeAttribute("aria-pressed");
    quiet();
  };
  button.addEventListener("click", () => {
    if (pen.enabled) return stop();
    pen.start();
    pen.setMode("linestring");
    button.setAttribute("aria-pressed", "true");
    note(say("drawHint"));
    find("#map canvas").focus();
    return undefined;
  });
  pen.on("finish", (id) => {
    line = pen.getSnapshotFeature(id).geometry;
    dialog.showModal();
  });
  dialog.addEventListener("close", () => {
    if (dialog.returnValue === "ok") return;
    stop();
  });
  document.addEventListener("keydown", (event) => event.key === "Escape" && pen.enabled && !dialog.open && stop());
}

dialog.querySelector("form").addEventListener("submit", async (event) => {
  if (event.submitter?.value !== "ok") return;
  event.preventDefault();
  const fault = find("#new-street-fault");
  fault.hidden = true;
  const body = { name: find("#street-name").value.trim(), division_code: find("#street-division").value, lines: [line] };
  try {
    const made = await write("/api/v1/streets", body);
    window.location.assign(boardOf(made.id));
  } catch (problem) {
    fault.textContent = problem.message;
    fault.hidden = false;
    if (problem.status === undefined) complain(problem);
  }
});
