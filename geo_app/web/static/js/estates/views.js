/** What the tools above the views do: undo, redo, the whole estate on the map; keys for them. */

import { on } from "../board/events.js";
import { canRedo, canUndo, redo, undo } from "../board/history.js";
import { fitting } from "../board/map.js";
import { complain, note } from "../board/notes.js";
import { find, say, settings } from "../board/settings.js";
import { choose, drawing } from "./drawing.js";

async function step(way, sentence) {
  try {
    const title = await way();
    if (title !== null) note(say(sentence, { step: title }));
  } catch (problem) {
    complain(problem);
  }
}

const back = () => step(undo, "undone_step");
const forth = () => step(redo, "redone_step");

function key(event) {
  const writing = event.target.closest?.("input, textarea, select, dialog");
  const letter = event.key.toLowerCase();
  if (event.key === "Escape" && !writing && document.body.dataset.drawing !== "true") choose(null);
  if (writing || !(event.ctrlKey || event.metaKey) || !["y", "z"].includes(letter)) return;
  event.preventDefault();
  if (letter === "y" || event.shiftKey) forth();
  else back();
}

function whole() {
  const { buildings, gate } = drawing();
  const corners = buildings.flatMap(({ outline }) => outline.coordinates[0]);
  if (gate.lon !== null) corners.push([gate.lon, gate.lat]);
  if (!corners.length) return settings.bounds;
  const [x, y] = [corners.map(([lon]) => lon), corners.map(([, lat]) => lat)];
  return [Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y)];
}

export function bindViews(map) {
  document.addEventListener("keydown", key);
  find("#tool-undo").addEventListener("click", back);
  find("#tool-redo").addEventListener("click", forth);
  on("history", () => {
    find("#tool-undo").disabled = !canUndo();
    find("#tool-redo").disabled = !canRedo();
  });
  const fit = () => map && whole() && map.fitBounds(whole(), { ...fitting(), duration: 300 });
  find("#tool-whole").addEventListener("click", fit);
  document.addEventListener("estate-fit", fit);
  find("#tab-map").addEventListener("click", () => map?.resize());
}
