/** Moving a place by keyboard: a step an arrow, Enter keeps it, Esc leaves it. */

const METRE = 1 / 111320;
const WAYS = { ArrowUp: [0, 1], ArrowDown: [0, -1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

function stepped([lon, lat], [east, north], metres) {
  const wide = METRE / Math.cos((lat * Math.PI) / 180);
  return [lon + east * metres * wide, lat + north * metres * METRE];
}

/**
 * Bind the arrows to `button` while `current()` gives a place: `draw` shows it on its way, `keep` writes it, `leave`
 * takes it back.
 */
export function bindArrows(button, metres, { current, draw, keep, leave }) {
  button.addEventListener("keydown", (event) => {
    const place = current();
    if (place === null) return;
    const way = WAYS[event.key];
    if (way) draw(stepped(place, way, metres));
    else if (event.key === "Enter") keep(place);
    else if (event.key === "Escape") leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}
