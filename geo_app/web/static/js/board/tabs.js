/** Tabs: arrows move between them, the chosen one shows its panel. */

import { find } from "./settings.js";

const tabs = [...document.querySelectorAll('[role="tab"]')];

export function open(tab) {
  for (const other of tabs) {
    other.setAttribute("aria-selected", String(other === tab));
    other.tabIndex = other === tab ? 0 : -1;
    find(`#${other.getAttribute("aria-controls")}`).hidden = other !== tab;
  }
}

for (const [place, tab] of tabs.entries()) {
  tab.addEventListener("click", () => open(tab));
  tab.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const next = tabs[(place + step + tabs.length) % tabs.length];
    open(next);
    next.focus();
  });
}
