/** The list of streets beside the map: filters, pages, the chosen one. */

import { read } from "../api.js";
import { tell } from "./events.js";
import { complain } from "./notes.js";
import { element, find, say, settings } from "./settings.js";

const list = find("#street-list");
const filter = find("#street-filter");
const SIZE = 50;
let page = 1;
let running = null;
let timer = null;
let shown = new Map();

export const streetOf = (id) => shown.get(id);
export const boardOf = (id) => settings.boardUrl.replace("/0/", `/${id}/`);

export async function load() {
  running?.abort();
  running = new AbortController();
  const asked = new URLSearchParams([...new FormData(filter)].filter(([, value]) => value !== ""));
  asked.set("page", page);
  asked.set("size", SIZE);
  try {
    show(await read(`/api/v1/streets?${asked}`, { signal: running.signal }));
  } catch (problem) {
    complain(problem);
  }
}

function show({ items, total }) {
  shown = new Map(items.map((street) => [street.id, street]));
  list.replaceChildren(...items.map(item));
  if (items.length === 0) list.append(element("li", { class: "empty" }, say("noStreets")));
  find("#street-count").textContent = say("streetsFound", { total });
  const last = Math.max(1, Math.ceil(total / SIZE));
  find("#page-place").textContent = `${page} / ${last}`;
  find("#page-back").disabled = page <= 1;
  find("#page-on").disabled = page >= last;
}

function item(street) {
  const name = element("button", { type: "button", class: "name" }, street.name);
  name.addEventListener("click", () => pick(street.id, "list"));
  const status = street.plan_status && street.plan_status !== "none" ? street.plan_status : null;
  const detail = [street.division, say("doorsOf", street), `${Math.round(street.length_m)} m`].filter(Boolean).join(" · ");
  return element(
    "li", { "data-street": street.id },
    name,
    element("span", { class: "hint" }, detail, " ", status ? element("span", { class: `badge ${status}` }, say(status)) : ""),
    element("a", { class: "button small open", href: boardOf(street.id) }, say("plan")),
  );
}

export function pick(id, origin) {
  for (const entry of list.querySelectorAll(".picked")) entry.classList.remove("picked");
  const entry = list.querySelector(`[data-street="${id}"]`);
  entry?.classList.add("picked");
  if (origin === "map") entry?.scrollIntoView({ block: "nearest" });
  tell("picked", { id, origin });
}

function turn(steps) {
  page += steps;
  load();
}

function again() {
  page = 1;
  clearTimeout(timer);
  timer = setTimeout(load, 250);
}

filter.addEventListener("input", again);
filter.addEventListener("submit", (event) => event.preventDefault());
find("#page-back").addEventListener("click", () => turn(-1));
find("#page-on").addEventListener("click", () => turn(1));
