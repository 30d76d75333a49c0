/** Villages coloured by the share that conforms, in the colours of the table; grey where there is nothing to judge. */

import { read } from "../api.js";
import { openMap, popup } from "../board/map.js";
import { complain, note, quiet } from "../board/notes.js";
import { say, settings } from "../board/settings.js";

/** From so much on, which colour; as in audit.css. */
const STEPS = [0, "#ee948c", 0.8, "#f5b08e", 0.9, "#fad09a", 0.95, "#f6e7a0", 0.97, "#d0e8b5", 0.99, "#a9dcb8"];
const NO_DATA = "#d3d8dd";
const share = ["get", "share"];

const told = (value) => (value === null || value === undefined ? "—" : `${(Math.floor(value * 1000) / 10).toFixed(1)} %`);

function show(map, villages) {
  map.addSource("villages", { type: "geojson", data: villages, promoteId: "division_id" });
  const colour = ["case", ["==", share, null], NO_DATA, ["step", share, STEPS[1], ...STEPS.slice(2)]];
  map.addLayer({ id: "villages", type: "fill", source: "villages", paint: { "fill-color": colour, "fill-opacity": 0.9 } }, "street-casing");
  map.addLayer({ id: "village-lines", type: "line", source: "villages", paint: { "line-color": ["case", ["boolean", ["feature-state", "chosen"], false], "#12376b", "#6b7784"], "line-width": ["case", ["boolean", ["feature-state", "chosen"], false], 3, 0.8] } });
}

function bind(map) {
  const tip = popup({ offset: 8 });
  let chosen = null;
  map.on("mousemove", "villages", ({ features: [village], lngLat }) => {
    tip.setLngLat(lngLat).setText(`${village.properties.name} ${told(village.properties.share)}`).addTo(map);
  });
  map.on("mouseleave", "villages", () => tip.remove());
  const choose = (id) => {
    if (chosen !== null) map.setFeatureState({ source: "villages", id: chosen }, { chosen: false });
    map.setFeatureState({ source: "villages", id }, { chosen: true });
    chosen = id;
    for (const row of document.querySelectorAll("tr[data-village]")) row.toggleAttribute("aria-selected", false);
    const row = document.querySelector(`tr[data-village="${id}"]`);
    row?.setAttribute("aria-selected", "true");
    return row;
  };
  map.on("click", "villages", ({ features: [village] }) => choose(village.id)?.scrollIntoView({ block: "center" }));
}

async function begin() {
  note(say("loading"));
  const query = new URLSearchParams({ county: settings.county, month: settings.month, measure: settings.measure });
  const [map, villages] = await Promise.all([openMap(), read(`/api/v1/audit/villages?${query}`)]);
  if (map) {
    show(map, villages);
    bind(map);
    quiet();
  }
  document.body.dataset.ready = "true";
}

if (document.querySelector("#map")) begin().catch(complain);
