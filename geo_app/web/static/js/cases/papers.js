/** The papers of the form at the counter: which are asked for follows from kind and subject. */

import { element, find, say, settings } from "../board/settings.js";

const box = find("#papers");

function group(requirement, ticked) {
  const papers = requirement.split("/");
  const checks = papers.map((paper) =>
    element("label", { class: "check" }, element("input", { type: "checkbox", name: "paper", value: paper, checked: ticked.has(paper) }), ` ${paper}`));
  const hint = papers.length > 1 ? [element("span", { class: "hint" }, say("oneOf"))] : [];
  return element("div", { class: "group" }, ...hint, ...checks);
}

/** Show the papers of a kind and subject; what was ticked stays ticked where it is asked for again. */
export function showPapers(kind, subject) {
  const ticked = new Set([...box.querySelectorAll("input:checked")].map((input) => input.value));
  const required = settings.papers[kind][subject];
  box.replaceChildren(...required.map((requirement) => group(requirement, ticked)));
  if (required.length === 0) box.append(element("p", {}, say("noPapers")));
}
