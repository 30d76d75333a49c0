/** The planning board put together. */

import { read } from "../api.js";
import { announce, takeRecord } from "./draft.js";
import "./door.js";
import "./findings.js";
import { on, tell } from "./events.js";
import { bindKeys } from "./keys.js";
import "./life.js";
import { addPlanLayers, compareOnMap, markDoor, showPlan } from "./layers.js";
import { openMap } from "./map.js";
import { bindNudge } from "./nudge.js";
import { complain, note, quiet } from "./notes.js";
import { bindPointer } from "./pointer.js";
import { compute } from "./preview.js";
import { loadRules, swapStart } from "./rule.js";
import { find, say, settings } from "./settings.js";
import { editable, state, takePlan } from "./state.js";
import "./tabs.js";

const OPEN = ["draft", "submitted", "approved", "published"];

/** Return the plan that is asked for, else the street's latest one in work, else null. */
async function latestPlan() {
  if (settings.plan) return read(`/api/v1/plans/${settings.plan}`);
  const { items } = await read(`/api/v1/plans?street=${settings.street}`);
  const found = OPEN.slice(0, 3).flatMap((status) => items.filter((plan) => plan.status === status))[0];
  return found ? read(`/api/v1/plans/${found.id}`) : null;
}

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
  on("redraw", () => showPlan(map, state.plan));
  on("jump", (place) => map.easeTo({ center: place, zoom: Math.max(map.getZoom(), 17.5), duration: 300 }));
  on("chosen", ({ id, origin }) => {
    markDoor(map, id);
    const door = state.byId.get(id);
    if (door && origin !== "map" && !map.getBounds().contains(door.geometry.coordinates)) map.easeTo({ center: door.geometry.coordinates, duration: 200 });
  });
  find("#tool-whole").addEventListener("click", () => settings.bounds && map.fitBounds(settings.bounds, { padding: 60, duration: 300 }));
  const compare = find("#tool-compare");
  compare.addEventListener("click", () => {
    const now = compare.getAttribute("aria-pressed") !== "true";
    compare.setAttribute("aria-pressed", String(now));
    compareOnMap(map, now);
  });
}

function bindSwap(street) {
  const button = find("#tool-swap");
  button.addEventListener("click", () => state.plan && swapStart(street.lines));
  on("record", () => { button.disabled = !editable(); });
}

async function begin() {
  note(say("loading"));
  const [map, street, plan] = await Promise.all([openMap(), read(`/api/v1/streets/${settings.street}`), latestPlan()]);
  if (map) bindMap(map);
  bindNudge(map);
  bindKeys();
  bindSwap(street);
  on("plan", counts);
  on("changed", compute);
  if (plan) {
    state.rule = single(plan.plan.rule);
    state.hand = plan.plan.hand;
  }
  takeRecord(plan?.plan ?? null);
  await loadRules();
  if (plan) takePlan(plan);
  else await compute();
  announce();
  if (map && plan) quiet();
  tell("ready");
  document.body.dataset.ready = "true";
}

begin().catch(complain);
