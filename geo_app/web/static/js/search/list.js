/** The list under the search box: its options, which of them is active, what a screen reader hears of it. */

function option(item, place, words) {
  const line = document.createElement("li");
  line.id = `search-option-${place}`;
  line.setAttribute("role", "option");
  line.setAttribute("aria-selected", "false");
  const text = document.createElement("span");
  text.textContent = item.text;
  const where = document.createElement("small");
  where.textContent = item.kind === "address" && item.text.startsWith(item.where) ? words.address : `${words[item.kind] ?? ""} ${item.where}`;
  line.append(text, where);
  return line;
}

/** Return the list of a form: `fill`, `step`, `close`, `active`, `open`; `chosen(act)` tells what a click does. */
export function createList(form, words) {
  const input = form.querySelector("input");
  const box = form.querySelector("[role=listbox]");
  const status = form.querySelector("[role=status]");
  let items = [];
  let at = -1;
  let act = () => {};

  function activate(place) {
    box.children[at]?.setAttribute("aria-selected", "false");
    at = place;
    const line = box.children[at];
    line?.setAttribute("aria-selected", "true");
    line?.scrollIntoView({ block: "nearest" });
    if (line) input.setAttribute("aria-activedescendant", line.id);
    else input.removeAttribute("aria-activedescendant");
  }

  function open(found) {
    box.hidden = !found;
    input.setAttribute("aria-expanded", String(found));
  }

  // Pressing must not take the focus from the box, or the list were gone before the click.
  box.addEventListener("pointerdown", (event) => event.preventDefault());
  box.addEventListener("click", (event) => {
    const place = [...box.children].indexOf(event.target.closest("li"));
    if (place >= 0) act(items[place]);
  });

  return {
    get active() { return items[at]; },
    get open() { return !box.hidden; },
    chosen(todo) { act = todo; },
    fill(found) {
      items = found;
      activate(-1);
      box.replaceChildren(...found.map((item, place) => option(item, place, words)));
      status.textContent = found.length ? words.count.replace("{count}", found.length) : words.none;
      open(found.length > 0);
    },
    /** Make the next or former option active; beyond the ends lies the text itself. */
    step(by) {
      const count = items.length + 1;
      if (!box.hidden) activate(((at + 1 + by + count) % count) - 1);
    },
    close() {
      items = [];
      activate(-1);
      box.replaceChildren();
      status.textContent = "";
      open(false);
    },
  };
}
