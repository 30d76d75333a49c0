/** The planning board of a street. */

import { on } from "./events.js";
import { bindAdoption, swapStart } from "./rule.js";
import { find } from "./settings.js";
import { editable, state } from "./state.js";
import { begin } from "./workbench.js";

function bindSwap(street) {
  const button = find("#tool-swap");
  button.addEventListener("click", () => state.plan && swapStart(street.lines));
  const allow = () => { button.disabled = !editable(); };
  on("record", allow);
  allow();
}

begin((map, street) => {
  bindSwap(street);
  bindAdoption();
});
