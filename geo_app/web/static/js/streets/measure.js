/** Metres along a line of degrees: near enough for a hand's click; the server measures again. */

const METRES_PER_DEGREE = 111_320;

const plane = ([lon, lat], origin) => [
  (lon - origin[0]) * METRES_PER_DEGREE * Math.cos((origin[1] * Math.PI) / 180),
  (lat - origin[1]) * METRES_PER_DEGREE,
];

function foot(place, from, to) {
  const [x, y] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(x, y);
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, ((place[0] - from[0]) * x + (place[1] - from[1]) * y) / length ** 2));
  return { share, length, away: Math.hypot(place[0] - from[0] - share * x, place[1] - from[1] - share * y) };
}

/** Return the point of `line` nearest to `place`: lon, lat, metres from the line's start, metres away. */
export function nearest(line, place) {
  const run = line.map((one) => plane(one, place));
  let best = null;
  let walked = 0;
  for (let i = 0; i + 1 < run.length; i += 1) {
    const { share, length, away } = foot([0, 0], run[i], run[i + 1]);
    if (best === null || away < best.away) {
      const [from, to] = [line[i], line[i + 1]];
      best = { lon: from[0] + share * (to[0] - from[0]), lat: from[1] + share * (to[1] - from[1]), metres: walked + share * length, away };
    }
    walked += length;
  }
  return best;
}
