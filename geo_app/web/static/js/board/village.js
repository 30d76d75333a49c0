/** The board of a village group. */

import { bindHouses } from "./houses.js";
import { bindMouth } from "./mouth.js";
import { begin } from "./workbench.js";

begin((map, group) => {
  bindMouth(map, group);
  bindHouses(map, group);
});
