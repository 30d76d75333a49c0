/** The editor of an estate put together. */

import { read } from "../api.js";
import { openMap } from "../board/map.js";
import { complain, note, quiet } from "../board/notes.js";
import { say, settings } from "../board/settings.js";
import "../board/tabs.js";
import { takeOver } from "./drawing.js";
import { announce, takeRecord } from "./draft.js";
import "./findings.js";
import { bindGate } from "./gate.js";
import "./grid.js";
import { bindMap } from "./layers.js";
import "./life.js";
import "./numbers.js";
import "./panel.js";
import { bindPen } from "./pen.js";
import "./rule.js";
import "./sources.js";
import "./table.js";
import { bindViews } from "./views.js";

/** The numbers come first: they are in the table before the map has drawn its first street. */
async function showNumbers() {
  if (settings.plan === null) {
    takeRecord(null);
    takeOver(settings.begin);
    return;
  }
  const shown = await read(`/api/v1/estate-plans/${settings.plan}`);
  takeRecord(shown.plan);
  takeOver(shown);
}

async function begin() {
  note(say("loading"));
  const [map] = await Promise.all([openMap(), showNumbers()]);
  bindViews(map);
  bindGate(map);
  announce();
  if (map) {
    bindMap(map);
    bindPen(map);
    quiet();
  }
  document.body.dataset.ready = "true";
}

begin().catch(complain);
