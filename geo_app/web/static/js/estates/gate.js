/** The main gate: set on the map, its street chosen among the nearest, its number there. */

import { read, write } from "../api.js";
import { on } from "../board/events.js";
import { complain, note, quiet } from "../board/notes.js";
import { element, find, say } from "../board/settings.js";
import { change, drawing, editable, here } from "./drawing.js";

const button = find("#tool-gate");
const street = find("#gate-street");
const number = find("#gate-number");
const proposed = find("#gate-proposed");
const take = find("#gate-take");
let near = [];
let asked = "";
let tried = "";

function aim(on_) {
  button.setAttribute("aria-pressed", String(on_));
  document.body.dataset.drawing = String(on_);
  find("#map").classList.toggle("aiming", on_);
  if (on_) {
    find("#tab-map").click();
    note(say("setGate"));
  } else quiet();
}

const aiming = () => button.getAttribute("aria-pressed") === "true";

async function lookAround() {
  const { gate } = drawing();
  const place = gate.lon === null ? "" : `lon=${gate.lon}&lat=${gate.lat}`;
  if (place === asked) return show();
  asked = place;
  near = place ? await read(`${here}/gate-streets?${place}`) : [];
  return show();
}

function show() {
  const { gate } = drawing();
  find("#gate-place").textContent = say(gate.lon === null ? "gateNotSet" : "gateSet");
  const options = near.map((one) => element("option", { value: one.id }, `${one.name} · ${one.metres} m`));
  street.replaceChildren(element("option", { value: "" }, say("chooseStreet")), ...options);
  street.value = gate.street_id ?? "";
  if (document.activeElement !== number) number.value = gate.number;
  const own = near.find((one) => one.id === gate.street_id);
  find("#gate-near").textContent = own ? say(own.doors.length ? "nearDoors" : "nearNoDoors", { metres: own.metres, doors: own.doors.join("、") }) : "";
  for (const field of [street, number, button]) field.disabled = !editable();
  return propose();
}

/** Ask which number the street has for this place, as long as the gate has none. */
async function propose() {
  const { gate } = drawing();
  const open = editable() && gate.lon !== null && gate.street_id !== null && gate.number === "";
  const question = open ? `${gate.street_id} ${gate.lon} ${gate.lat}` : "";
  if (question === tried) return;
  tried = question;
  proposed.hidden = true;
  if (!open) return;
  const refused = (problem) => ({ text: "", reason: problem.message });
  const { text, reason } = await write(`/api/v1/streets/${gate.street_id}/case-number`, { lon: gate.lon, lat: gate.lat }).catch(refused);
  if (question !== tried) return;
  proposed.hidden = false;
  find("#gate-proposed span").textContent = reason;
  take.hidden = !text;
  take.textContent = say("takeNumber", { number: text });
  take.value = text;
}

export function bindGate(map) {
  button.addEventListener("click", () => aim(!aiming()));
  map?.on("click", ({ lngLat }) => {
    if (!aiming()) return;
    // After the click has gone round: it must not choose a building as well.
    setTimeout(() => aim(false));
    change(say("stepGate"), ({ gate }) => Object.assign(gate, { lon: lngLat.lng, lat: lngLat.lat }));
  });
  document.addEventListener("keydown", (event) => event.key === "Escape" && aiming() && aim(false));
  street.addEventListener("change", () => change(say("stepGate"), ({ gate }) => { gate.street_id = street.value ? Number(street.value) : null; }));
  number.addEventListener("change", () => change(say("stepGate"), ({ gate }) => { gate.number = number.value.trim(); }));
  take.addEventListener("click", () => change(say("stepGate"), ({ gate }) => { gate.number = take.value; }));
  const again = () => lookAround().catch(complain);
  for (const name of ["numbers", "drawn", "record"]) on(name, again);
  again();
}
