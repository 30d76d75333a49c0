/** Computing the numbers: at once after each change, an answer that was overtaken is dropped. */

import { write } from "../api.js";
import { complain, note, quiet } from "./notes.js";
import { say, settings } from "./settings.js";
import { asked, takePlan } from "./state.js";

let running = null;
let slow = null;

export async function compute() {
  running?.abort();
  const mine = new AbortController();
  running = mine;
  clearTimeout(slow);
  slow = setTimeout(() => note(say("computing")), 400);
  try {
    const plan = await write(`${settings.place}/preview`, asked(), { signal: mine.signal });
    if (running === mine) {
      takePlan(plan);
      quiet();
    }
  } catch (problem) {
    complain(problem);
  } finally {
    if (running === mine) clearTimeout(slow);
  }
}
