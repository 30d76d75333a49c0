/** The form at the counter: kind and subject decide what is asked; street, door and address are found by typing or pointing. */

import { openMap } from "../board/map.js";
import { complain } from "../board/notes.js";
import { find, say } from "../board/settings.js";
import { choose } from "./choose.js";
import { bindDoor, takeStreet } from "./door.js";
import { showPapers } from "./papers.js";

const kind = find("#kind");
const subject = find("#subject");
let map = null;

function arrange() {
  const byAddress = kind.selectedOptions[0].dataset.address === "yes";
  const divided = subject.selectedOptions[0].dataset.divided === "yes";
  find("#by-door").hidden = byAddress;
  find("#by-address").hidden = !byAddress && !divided;
  for (const choice of subject.options) choice.disabled = byAddress && choice.dataset.divided === "yes";
  if (subject.selectedOptions[0].disabled) subject.selectedIndex = 0;
  find("#shop-field").hidden = !subject.value.endsWith("shop");
  showPapers(kind.value, subject.value);
}

function takeAddress(address) {
  find("#address-id").value = address.id;
  find("#address-chosen").textContent = address.text;
  if (map && address.lon) map.flyTo({ center: [address.lon, address.lat], zoom: 17, duration: 300 });
}

const asked = (path, values) => `/api/v1/${path}?${new URLSearchParams({ size: 8, ...values })}`;

choose({
  field: find("#street-text"), list: find("#street-list"), nothing: say("noStreets"),
  address: (name) => asked("streets", { name }),
  describe: (street) => [street.name, street.division ?? ""],
  take: (street) => takeStreet(map, street),
});
choose({
  field: find("#address-text"), list: find("#address-list"), nothing: say("noAddress"),
  address: (text) => asked("addresses", { text, status: "current" }),
  describe: (address) => [address.text, address.id],
  take: takeAddress,
});
kind.addEventListener("change", arrange);
subject.addEventListener("change", arrange);
arrange();

async function begin() {
  map = await openMap();
  if (map) bindDoor(map, complain);
  document.body.dataset.ready = "true";
}

begin().catch(complain);
