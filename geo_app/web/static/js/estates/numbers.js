/** Computing the numbers: at once after each change, an answer that was overtaken is dropped. */

import { write } from "../api.js";
import { on, tell } from "../board/events.js";
import { complain, note, quiet } from "../board/notes.js";
import { body, here, takeNumbers } from "./drawing.js";

let running = null;

export async function compute() {
  running?.abort();
  const mine = new AbortController();
  running = mine;
  tell("drawn");
  try {
    const answer = await write(`${here}/preview`, body(), { signal: mine.signal });
    if (running !== mine) return;
    takeNumbers(answer);
    quiet();
  } catch (problem) {
    if (problem.name === "AbortError") return;
    if (problem.status === 422) note(problem.message, "error");
    else complain(problem);
  }
}

on("changed", compute);
