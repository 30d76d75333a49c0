/** The line over the map: what is going on, what went wrong. */

import { Offline } from "../api.js";
import { find, say } from "./settings.js";

const line = find("#map-note");

export function note(text, kind = "") {
  line.textContent = text;
  line.className = `map-note ${kind}`;
  line.hidden = text === "";
}

export const quiet = () => note("");

/** Show a refusal or a missing server; anything else is a fault of ours and goes to the console. */
export function complain(problem) {
  if (problem.name === "AbortError") return;
  note(problem instanceof Offline ? say("offline") : problem.message, "error");
  if (!(problem instanceof Offline) && problem.status === undefined) throw problem;
}
