/** A running job's page: asks how far it is, and shows the whole page anew once it has ended. */

import { call } from "./api.js";

const SECOND = 1000;
const done = document.querySelector("#job-done");

async function ask() {
  const state = await call("GET", done.dataset.job).catch(() => null);
  if (state && state.status !== "waiting" && state.status !== "running") {
    window.location.reload();
    return;
  }
  if (state) done.textContent = state.done.toLocaleString();
  window.setTimeout(ask, SECOND);
}

if (done) window.setTimeout(ask, SECOND);
