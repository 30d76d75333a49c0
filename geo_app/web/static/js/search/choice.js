/** The map of a doubtful text: the addresses that may be meant. */

import { openMap } from "../board/map.js";
import { find } from "../board/settings.js";
import { showPlaces } from "./places.js";

const map = await openMap();
if (map) showPlaces(map, JSON.parse(find("#map").dataset.places));
document.body.dataset.ready = "true";
