/** What the boards of a street and of a village group have in common, put together. */

import { read } from "../api.js";
import { announce, takeRecord } from "./draft.js";
import "./circumstance.js";
import "./door.js";
import "./findings.js";
import { on } from "./events.js";
import { bindKeys } from "./keys.js";
import "./life.js";
import { addPlanLayers, compareOnMap, markDoor, showPlan } from "./layers.js";
import { fitting, openMap } from "./map.js";
import "./mapping.js";
import { bindNudge } from "./nudge.js";
import { complain, note, quiet } from "./notes.js";
import { bindPointer } from "./pointer.js";
import { compute } from "./preview.js";
import { loadRules } from "./rule.js";
import { find, say, settings } from "./settings.js";
import { state, takePlan } from "./state.js";
import "./tabs.js";

/** One value in a list is one value: the form has a choice for it. */
const single = (rule) => Object.fromEntries(Object.entries(rule).map(([name, value]) => [name, Array.isArray(value) && value.length === 1 ? value[0] : value]));

function counts({ counts: values, score }) {
  const lines = [say("counts", values)];
  const room = score.future_proof;
  if (room !== undefined) lines.push(say("score", { score: `${Math.round(room * 100)} %` }));
  find("#plan-counts").textContent = lines.join("；");
}

function bindMap(map) {
  addPlanLayers(map);
  bindPointer(map);
  on("plan", (plan) => showPlan(map, plan));
  if (state.plan) showPlan(map, state.plan);
  on("redraw", () => showPlan(map, state.plan));
  on("jump", (place) => map.easeTo({ center: place, zoom: Math.max(map.getZoom(), 17.5), duration: 300 }));
  on("chosen", ({ id, origin }) => {
    markDoor(map, id);
    const door = state.byId.get(id);
    if (door && origin !== "map" && !map.getBounds().contains(door.geometry.coordinates)) map.easeTo({ center: door.geometry.coordinates, duration: 200 });
  });
  find("#tool-whole").addEventListener("click", () => settings.bounds && map.fitBounds(settings.bounds, { ...fitting(), duration: 300 }));
  const compare = find("#tool-compare");
  compare.addEventListener("click", () => {
    const now = compare.getAttribute("aria-pressed") !== "true";
    compare.setAttribute("aria-pressed", String(now));
    compareOnMap(map, now);
  });
}

/** The numbers come first: they are in the table before the map has drawn its first street. */
async function showNumbers() {
  if (!settings.plan) {
    takeRecord(null);
    return compute();
  }
  const plan = await read(`/api/v1/plans/${settings.plan}`);
  state.rule = single(plan.plan.rule);
  state.hand = plan.plan.hand;
  state.moved = plan.plan.moved;
  takeRecord(plan.plan);
  return takePlan(plan);
}

async function work(bindOwn) {
  note(say("loading"));
  state.rule = { preset: settings.usualRule };
  on("plan", counts);
  on("changed", compute);
  bindKeys();
  const [map, place] = await Promise.all([openMap(), read(settings.place), showNumbers(), loadRules()]);
  bindNudge(map);
  if (map) bindMap(map);
  bindOwn(map, place);
  announce();
  if (map) quiet();
  document.body.dataset.ready = "true";
}

/** Begin the work; `bindOwn` gets the map (null where there is none) and the street or group, for the tools of its own. */
export const begin = (bindOwn) => work(bindOwn).catch(complain);
