/** The map of the search page: what was found, and a click that asks for the doors near it. */

import { openMap } from "../board/map.js";
import { complain } from "../board/notes.js";
import { find } from "../board/settings.js";
import { replacePlaces, showPlaces } from "./places.js";

const places = () => JSON.parse(find("#answer").dataset.places);

/** Put the answer to another question into the page, as the server writes it. */
async function ask(map, { lng, lat }) {
  const text = `${lng.toFixed(6)},${lat.toFixed(6)}`;
  const address = `${window.location.pathname}?${new URLSearchParams({ text })}`;
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.statusText);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  find("#answer").replaceWith(page.querySelector("#answer"));
  find("#search-text").value = text;
  window.history.pushState(null, "", address);
  replacePlaces(map, places());
}

async function begin() {
  const map = await openMap();
  if (map) {
    showPlaces(map, places());
    map.getCanvas().style.cursor = "crosshair";
    map.on("click", ({ lngLat }) => ask(map, lngLat).catch(complain));
  }
  document.body.dataset.ready = "true";
}

window.addEventListener("popstate", () => window.location.reload());
begin().catch(complain);
