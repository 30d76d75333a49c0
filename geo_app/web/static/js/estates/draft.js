/** The draft: saved by itself a moment after each change, with its version, so that nobody overwrites another's. */

import { Offline, replace, write } from "../api.js";
import { on, tell } from "../board/events.js";
import { clock, find, say } from "../board/settings.js";
import { body, drawing, editable, here, state, takeNumbers } from "./drawing.js";

const PAUSE = 1200;
const AGAIN = 10000;
const line = find("#save-state");
const title = find("#plan-title");
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
  if (document.activeElement !== title) title.value = record?.title ?? title.value;
  title.disabled = !editable();
  tell("record", record);
}

export function announce() {
  if (state.record === null) show(say("notDraft"));
  else if (!pending) show("");
}

/** Write the draft now, after what is being written; resolves when it is written. */
export function save() {
  clearTimeout(timer);
  saving = saving.then(send);
  return saving;
}

/** Write what is drawn even where nothing was changed: a first proposal becomes a draft. */
export async function keep() {
  pending ||= state.record === null;
  await save();
  if (pending) throw failure;
}

async function send() {
  if (!pending || !editable()) return;
  pending = false;
  show(say("saving"));
  const sent = drawing();
  const told = { ...body(), title: title.value };
  try {
    const answer = state.record === null
      ? await write(`${here}/plans`, told)
      : await replace(`/api/v1/estate-plans/${state.record.id}`, told, { version: state.record.version });
    takeRecord(answer.plan);
    if (drawing() === sent) takeNumbers(answer);
    if (!pending) show(say("saved", { time: clock() }));
  } catch (problem) {
    failed(problem);
  }
}

function failed(problem) {
  pending = true;
  failure = problem;
  if (problem instanceof Offline) {
    show(say("offline"), true);
    timer = setTimeout(save, AGAIN);
  } else if (problem.status !== undefined) show(say("notSaved", { problem: problem.message }), true);
  else throw problem;
}

function changed() {
  if (!editable()) return;
  pending = true;
  show(say("unsaved"));
  clearTimeout(timer);
  timer = setTimeout(save, PAUSE);
}

on("changed", changed);
title.addEventListener("input", changed);
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && save());
window.addEventListener("beforeunload", (event) => pending && event.preventDefault());
