/** Buildings from a file, or from the register inside the boundary. */

import { Refusal, write } from "../api.js";
import { on } from "../board/events.js";
import { complain, note } from "../board/notes.js";
import { find, say } from "../board/settings.js";
import { change, drawing, editable, here, newBuilding } from "./drawing.js";

const file = find("#footprint-file");
const inside = find("#tool-inside");
const token = () => document.querySelector('meta[name="csrf-token"]').content;

/** Put buildings into the drawing; one that is there already stays as it is. */
function takeOver(buildings) {
  const known = new Set(drawing().buildings.map(({ key }) => key));
  const added = buildings.filter(({ key }) => !known.has(key)).map(({ key, outline, name, kept, building_id: id, spec }) => ({ ...newBuilding(outline), key, name, kept, building_id: id, spec }));
  if (added.length) change(say("stepFile"), (next) => next.buildings.push(...added));
  return added.length;
}

async function send() {
  const form = new FormData();
  form.set("file", file.files[0]);
  const answer = await fetch(`${here}/footprints`, { method: "POST", body: form, headers: { Accept: "application/json", "X-CSRFToken": token() } });
  const content = await answer.json().catch(() => null);
  if (!answer.ok) throw new Refusal(answer.status, content?.error ?? "Error", content?.message ?? answer.statusText);
  return content;
}

async function read() {
  if (!file.files.length) return;
  note(say("loading"));
  try {
    const { buildings, problems } = await send();
    const count = takeOver(buildings);
    const told = problems.length ? say("problemsOfFile", { count: problems.length, first: problems[0] }) : "";
    find("#source-note").textContent = `${say("takenOver", { count })} ${told}`;
    document.dispatchEvent(new CustomEvent("estate-fit"));
  } finally {
    file.value = "";
  }
}

async function takeInside() {
  const { boundary } = drawing();
  if (!boundary) return note(say("boundaryFirst"), "error");
  const { buildings } = await write(`${here}/registered-buildings`, { boundary });
  const count = takeOver(buildings);
  find("#source-note").textContent = buildings.length ? say("takenOver", { count }) : say("noneInside");
  return null;
}

file.addEventListener("change", () => read().catch(complain));
inside.addEventListener("click", () => takeInside().catch(complain));
const allow = () => { for (const tool of [file, inside]) tool.disabled = !editable(); };
on("record", allow);
allow();
