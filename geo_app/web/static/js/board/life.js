/** The plan's life: submit, approve, publish, withdraw, undo; each step asks for its reason. */

import { write } from "../api.js";
import { on } from "./events.js";
import { keep, takeRecord } from "./draft.js";
import { complain, note } from "./notes.js";
import { element, find, may, say } from "./settings.js";
import { state } from "./state.js";

const STEPS = {
  draft: [["submission", "plan.submit", "primary"], ["withdrawal", "plan.draft", "danger"]],
  submitted: [["approval", "plan.approve", "primary"], ["withdrawal", "plan.draft", "danger"]],
  approved: [["publication", "plan.publish", "primary"], ["withdrawal", "plan.draft", "danger"]],
  published: [["undo", "plan.undo", "danger"]],
};
const ASK = { submission: "askSubmission", approval: "askApproval", publication: "askPublication", withdrawal: "askWithdrawal", undo: "askUndo" };
const dialog = find("#step-dialog");

function show(record) {
  const status = record?.status;
  const badge = find("#plan-status");
  badge.textContent = say(status ?? "noPlan");
  badge.className = `badge ${status ?? ""}`;
  find("#plan-title").disabled = Boolean(status) && status !== "draft";
  const steps = status === undefined ? (may("plan.draft") ? STEPS.draft.slice(0, 1) : []) : STEPS[status] ?? [];
  find("#plan-actions").replaceChildren(...steps.filter(([, permission]) => may(permission)).map(button));
}

function button([step, , look]) {
  const made = element("button", { type: "button", class: `button ${look}` }, say(step));
  made.addEventListener("click", () => ask(step));
  return made;
}

function ask(step) {
  find("#step-title").textContent = say(step);
  find("#step-text").textContent = say(ASK[step]);
  find("#step-ok").textContent = say(step);
  find("#step-reason").value = "";
  find("#step-fault").hidden = true;
  dialog.dataset.step = step;
  dialog.showModal();
}

dialog.querySelector("form").addEventListener("submit", (event) => {
  if (event.submitter?.value !== "ok") return;
  event.preventDefault();
  take(dialog.dataset.step, find("#step-reason").value);
});

async function take(step, reason) {
  try {
    await keep();
    if (state.record === null) return;
    const answer = await write(`/api/v1/plans/${state.record.id}/${step}`, { reason }, { version: state.record.version });
    dialog.close();
    takeRecord(answer.plan ?? answer);
    note(say("done", { status: say(state.record.status) }), "ok");
  } catch (problem) {
    find("#step-fault").textContent = problem.message;
    find("#step-fault").hidden = false;
    if (problem.status === undefined) complain(problem);
  }
}

on("record", show);
