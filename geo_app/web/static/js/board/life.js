/** The plan's life: submit, approve, publish, withdraw, undo; each step asks for its reason. */

import { write } from "../api.js";
import { on } from "./events.js";
import { keep, takeRecord } from "./draft.js";
import { complain, note } from "./notes.js";
import { element, find, may, say, settings } from "./settings.js";
import { asked as wanted, editable, state } from "./state.js";

/** The server's verb, the path of its step, the look of its button; in the order of the buttons. */
const STEPS = [
  ["submit", "submission", "primary"],
  ["approve", "approval", "primary"],
  ["publish", "publication", "primary"],
  ["send_back", "return", ""],
  ["withdraw", "withdrawal", "danger"],
];
/** Steps with a page of their own, which shows what would change before anybody confirms. */
const PAGES = [["undo", (record) => `/plans/${record.id}/undo`]];
const dialog = find("#step-dialog");
let asked = null;

function show(record) {
  const status = record?.status;
  const badge = find("#plan-status");
  badge.textContent = say(status ?? "noPlan");
  badge.className = `badge ${status ?? ""}`;
  const verbs = record ? record.may : may("plan.draft") && may("plan.submit") ? ["submit"] : [];
  const steps = STEPS.filter(([verb]) => verbs.includes(verb)).map(([, path, look]) => button(path, look, () => takeStep(path)));
  if (settings.naming === "proposed" && may("street.approve")) steps.unshift(button("approveName", "", approveName));
  for (const [verb, path] of PAGES) if (verbs.includes(verb) && record) steps.push(element("a", { class: "button danger", href: path(record) }, say(verb)));
  find("#plan-actions").replaceChildren(...steps, ...beside(record));
}

/** What can be done beside the plan itself: look at it next to another one, go on from it in a second draft. */
function beside(record) {
  if (!record) return [];
  const street = settings.own.street_id;
  const compare = street ? [element("a", { class: "button", href: `/streets/${street}/plans/compare?one=${record.id}` }, say("comparePlans"))] : [];
  if (!may("plan.draft")) return compare;
  const another = element("button", { type: "button", class: "button" }, say("anotherDraft"));
  another.addEventListener("click", () => draftAnother(record).catch(complain));
  return [...compare, another];
}

/** Draft what the board shows once more, under another title; the plan it came from stays as it is. */
async function draftAnother(record) {
  if (editable()) await keep();
  const title = say("anotherTitle", { title: find("#plan-title").value || record.street });
  const { plan } = await write(`${settings.place}/plans`, { ...wanted(), title });
  window.location.assign(`?plan=${plan.id}`);
}

function button(step, look, work) {
  const made = element("button", { type: "button", class: `button ${look}` }, say(step));
  made.addEventListener("click", () => ask(step, work));
  return made;
}

function ask(step, work) {
  asked = work;
  find("#step-title").textContent = say(step);
  find("#step-text").textContent = say(`${step}Means`);
  find("#step-ok").textContent = say(step);
  find("#step-reason").value = "";
  find("#step-fault").hidden = true;
  dialog.showModal();
}

dialog.querySelector("form").addEventListener("submit", async (event) => {
  if (event.submitter?.value !== "ok") return;
  event.preventDefault();
  try {
    await asked();
    dialog.close();
  } catch (problem) {
    find("#step-fault").textContent = problem.message;
    find("#step-fault").hidden = false;
    if (problem.status === undefined) complain(problem);
  }
});

const reason = () => ({ reason: find("#step-reason").value });

async function takeStep(path) {
  await keep();
  const { id, version } = state.record;
  const { plan } = await write(`/api/v1/plans/${id}/${path}`, reason(), { version });
  takeRecord(plan);
  note(say("done", { status: say(plan.status) }), "ok");
}

async function approveName() {
  await write(`${settings.place}/approval`, reason());
  window.location.reload();
}

on("record", show);
