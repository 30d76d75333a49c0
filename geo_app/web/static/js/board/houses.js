/** Houses of a village group: those around that belong nowhere are taken in, one without a number is released. */

import { read, remove, write } from "../api.js";
import { on, tell } from "./events.js";
import { refreshTiles } from "./map.js";
import { complain, note } from "./notes.js";
import { choose, editable, state } from "./state.js";
import { find, may, say, settings } from "./settings.js";

const takeIn = find("#tool-take-in");
const release = find("#door-release");
let around = 0;

const mayEdit = () => editable() && may("entrance.edit");

function show() {
  takeIn.hidden = !mayEdit() || around === 0;
  find("#houses-around").textContent = String(around);
  const door = state.byId.get(state.chosen)?.properties;
  release.hidden = !mayEdit() || !door || door.address_id !== null;
}

async function count() {
  around = (await read(settings.place)).houses_around;
  show();
}

export function bindHouses(map, group) {
  around = group.houses_around;
  const after = async () => {
    tell("changed");
    refreshTiles(map, "entrances");
    await count();
  };
  takeIn.addEventListener("click", async () => {
    try {
      const { taken_in: taken } = await write(`${settings.place}/houses-around`, {});
      await after();
      note(say("takenIn", { count: taken }), "ok");
    } catch (problem) {
      complain(problem);
    }
  });
  release.addEventListener("click", async () => {
    const { entrance_id: id, version } = state.byId.get(state.chosen).properties;
    try {
      await remove(`${settings.place}/houses/${id}`, { version });
      choose(null);
      await after();
    } catch (problem) {
      complain(problem);
    }
  });
  for (const event of ["record", "chosen", "plan"]) on(event, show);
  show();
}
