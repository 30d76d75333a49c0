/** The draft: saved by itself a moment after each change, with its version, so that nobody overwrites another's. */

import { Offline, replace, write } from "../api.js";
import { on, tell } from "./events.js";
import { clock, element, find, say, settings } from "./settings.js";
import { asked, editable, state } from "./state.js";

const PAUSE = 1200;
const AGAIN = 10000;
const line = find("#save-state");
let timer = null;
let saving = Promise.resolve();
let pending = false;
let failure = null;

function show(text, fault = false) {
  line.textContent = text;
  line.classList.toggle("fault", fault);
}

export function takeRecord(record) {
  state.record = record;
  const title = find("#plan-title");
  if (document.activeElement !== title) title.value = record?.title ?? "";
  title.disabled = !editable();
  tell("record", record);
}

export function announce() {
  if (state.record === null) show(say("notDraft"));
  else if (!pending) show("");
}

function soon(wait = PAUSE) {
  clearTimeout(timer);
  timer = setTimeout(save, wait);
}

/** Write the draft now, after what is being written; resolves when it is written. */
export function save() {
  clearTimeout(timer);
  saving = saving.then(send);
  return saving;
}

/** Write what is on the board even where nothing was changed: a first proposal becomes a draft. */
export async function keep() {
  pending ||= state.record === null;
  await save();
  if (pending) throw failure;
}

async function send() {
  if (!pending || !editable()) return;
  pending = false;
  show(say("saving"));
  const body = { ...asked(), title: find("#plan-title").value };
  try {
    const answer = state.record === null
      ? await write(`${settings.place}/plans`, body)
      : await replace(`/api/v1/plans/${state.record.id}`, body, { version: state.record.version });
    takeRecord(answer.plan ?? answer);
    show(say("saved", { time: clock() }));
  } catch (problem) {
    failed(problem);
  }
}

function failed(problem) {
  pending = true;
  failure = problem;
  if (problem instanceof Offline) {
    show(say("offline"), true);
    soon(AGAIN);
  } else if (problem.status === 409) {
    show(problem.message || say("stale"), true);
    line.append(" ", reload());
  } else if (problem.status !== undefined) {
    show(say("notSaved", { problem: problem.message }), true);
  } else {
    throw problem;
  }
}

function reload() {
  const button = element("button", { type: "button", class: "button small" }, say("reload"));
  button.addEventListener("click", () => window.location.reload());
  return button;
}

function changed() {
  if (!editable()) return;
  pending = true;
  show(say("unsaved"));
  soon();
}

on("changed", changed);
find("#plan-title").addEventListener("input", changed);
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && save());
window.addEventListener("online", () => pending && save());
window.addEventListener("beforeunload", (event) => pending && event.preventDefault());
