/** A division's page: its outline on the map, and the tools to draw another one. */

import { openMap } from "../board/map.js";
import { complain } from "../board/notes.js";
import { bindPen } from "./drawing.js";
import { readGround, showGround } from "./ground.js";

async function begin() {
  const [map, ground] = await Promise.all([openMap(), readGround()]);
  if (map) {
    showGround(map, ground);
    bindPen(map, ground);
  }
  document.body.dataset.ready = "true";
}

begin().catch(complain);
