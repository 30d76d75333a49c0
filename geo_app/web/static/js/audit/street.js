/** The audit of a street on the map: its doors, its direction, a mark at each finding; a list entry leads to its place. */

import { read } from "../api.js";
import { addPlanLayers, markDoor, showPlan } from "../board/layers.js";
import { openMap } from "../board/map.js";
import { complain, note, quiet } from "../board/notes.js";
import { say, settings } from "../board/settings.js";

const COLOURS = { error: "#b3201c", warning: "#8a5200", info: "#4a5a6a" };
const ACCEPTED = "#17663a";

/** A small square with one character, as in the legend; drawn here, fetched from nowhere. */
function picture(text, colour) {
  const canvas = document.createElement("canvas");
  canvas.width = 44;
  canvas.height = 44;
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#ffffff";
  pen.fillRect(0, 0, 44, 44);
  pen.fillStyle = colour;
  pen.fillRect(3, 3, 38, 38);
  pen.fillStyle = "#ffffff";
  pen.font = 'bold 26px "Noto Sans CJK SC", "Microsoft YaHei", sans-serif';
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(text, 22, 24);
  return pen.getImageData(0, 0, 44, 44);
}

const imageOf = ({ kind, severity, state }) => (state === "exception" ? "audit-accepted" : `audit-${kind}-${severity}`);

function addMarks(map, findings) {
  map.addImage("audit-accepted", picture("✓", ACCEPTED), { pixelRatio: 2 });
  for (const { properties } of findings.features) {
    const name = imageOf(properties);
    if (!map.hasImage(name)) map.addImage(name, picture(settings.marks[properties.kind], COLOURS[properties.severity]), { pixelRatio: 2 });
    properties.image = name;
  }
  map.addSource("audit-findings", { type: "geojson", data: findings });
  map.addLayer({ id: "audit-findings", type: "symbol", source: "audit-findings", layout: { "icon-image": ["get", "image"], "icon-size": ["interpolate", ["linear"], ["zoom"], 14, 0.5, 17, 1], "icon-anchor": "bottom", "icon-offset": [0, -9], "icon-allow-overlap": true } });
}

function choose(map, id, place) {
  for (const other of document.querySelectorAll(".audit-list > li[aria-current]")) other.removeAttribute("aria-current");
  const entries = [...document.querySelectorAll(`.jump[data-door="${id}"]`)].map((button) => button.closest("li"));
  for (const entry of entries) entry.setAttribute("aria-current", "true");
  markDoor(map, id);
  if (place) map.easeTo({ center: place, zoom: Math.max(map.getZoom(), 18), duration: 300 });
  return entries[0];
}

function bind(map) {
  for (const button of document.querySelectorAll(".jump")) {
    const { door, lon, lat } = button.dataset;
    button.addEventListener("click", () => choose(map, Number(door), lon ? [Number(lon), Number(lat)] : null));
  }
  for (const layer of ["audit-findings", "door"]) {
    map.on("click", layer, ({ features: [found] }) => choose(map, found.properties.entrance_id, null)?.scrollIntoView({ block: "nearest" }));
    map.on("mouseenter", layer, () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", layer, () => { map.getCanvas().style.cursor = ""; });
  }
}

async function begin() {
  note(say("loading"));
  const [map, audit] = await Promise.all([openMap(), read(`/api/v1/streets/${settings.own.street_id}/audit`)]);
  if (map) {
    addPlanLayers(map);
    for (const { properties } of audit.doors.features) Object.assign(properties, { label: properties.number === null ? "" : properties.text.replaceAll("号", ""), kept: false, by_hand: false });
    for (const { properties, geometry } of audit.lines.features) properties.start = properties.start === null ? null : geometry.coordinates[0];
    showPlan(map, audit);
    addMarks(map, audit.findings);
    bind(map);
    quiet();
  }
  document.body.dataset.ready = "true";
}

begin().catch(complain);
