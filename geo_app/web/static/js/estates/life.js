/** The plan's life: submit, approve, publish, withdraw, undo; each step asks for its reason. */

import { write } from "../api.js";
import { on } from "../board/events.js";
import { complain, note } from "../board/notes.js";
import { element, find, may, say, settings } from "../board/settings.js";
import { here, state } from "./drawing.js";
import { keep, takeRecord } from "./draft.js";

/** The server's verb, the path of its step, the look of its button, the sentence that explains it. */
const STEPS = [
  ["submit", "submission", "primary", "estateSubmissionMeans"],
  ["approve", "approval", "primary", "approvalMeans"],
  ["publish", "publication", "primary", "estatePublicationMeans"],
  ["send_back", "return", "", "returnMeans"],
  ["withdraw", "withdrawal", "danger", "estateWithdrawalMeans"],
  ["undo", "undo", "danger", "estateUndoMeans"],
];
const dialog = find("#step-dialog");
let asked = null;

function show(record) {
  const status = record?.status;
  const badge = find("#plan-status");
  badge.textContent = say(status ?? "noPlan");
  badge.className = `badge ${status ?? ""}`;
  find("#plan-corrects").textContent = record?.corrects ? say("correcting", { plan: record.corrects }) : "";
  const verbs = record ? record.may : may("plan.draft") && may("plan.submit") ? ["submit"] : [];
  const steps = STEPS.filter(([verb]) => verbs.includes(verb)).map(([, path, look, means]) => button([path, look, means], () => takeStep(path)));
  if (settings.naming === "proposed" && may("street.approve")) steps.unshift(button(["approveName", "", "approveEstateMeans"], approveName));
  find("#plan-actions").replaceChildren(...steps);
  const next = find("#plan-next");
  next.hidden = !(status === "published" && may("plan.draft"));
}

function button([step, look, means], work) {
  const made = element("button", { type: "button", class: `button ${look}` }, say(step));
  made.addEventListener("click", () => ask(step, means, work));
  return made;
}

function ask(step, means, work) {
  asked = work;
  find("#step-title").textContent = say(step);
  find("#step-text").textContent = say(means);
  find("#step-ok").textContent = say(step);
  find("#step-reason").value = "";
  find("#step-fault").hidden = true;
  dialog.showModal();
}

dialog.querySelector("form").addEventListener("submit", async (event) => {
  if (event.submitter?.value !== "ok") return;
  event.preventDefault();
  const ok = find("#step-ok");
  ok.disabled = true;
  try {
    await asked();
    dialog.close();
  } catch (problem) {
    find("#step-fault").textContent = problem.message;
    find("#step-fault").hidden = false;
    if (problem.status === undefined) complain(problem);
  } finally {
    ok.disabled = false;
  }
});

const reason = () => ({ reason: find("#step-reason").value });

async function takeStep(path) {
  await keep();
  const { id, version } = state.record;
  const { plan } = await write(`/api/v1/estate-plans/${id}/${path}`, reason(), { version });
  if (plan.id !== id) {
    window.location.assign(`?plan=${plan.id}`);
    return;
  }
  takeRecord(plan);
  note(say("estateDone", { status: say(plan.status) }), "ok");
}

async function approveName() {
  await write(`${here}/approval`, reason(), { version: settings.version });
  window.location.reload();
}

on("record", show);
