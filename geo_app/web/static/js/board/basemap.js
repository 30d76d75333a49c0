/** The district's own layers as a base map; texts are drawn with the machine's own fonts, so no glyphs are fetched. */

const INK = "#3b4652";
const FONT = ["Regular"];
const tiles = (layer, minzoom, maxzoom) => ({
  type: "vector",
  tiles: [`${window.location.origin}/tiles/${layer}/{z}/{x}/{y}.mvt`],
  minzoom,
  maxzoom,
});

const text = (size, color = INK) => ({
  paint: { "text-color": color, "text-halo-color": "#ffffff", "text-halo-width": 1.6 },
  layout: { "text-font": FONT, "text-size": size },
});

const zooming = (...stops) => ["interpolate", ["exponential", 1.6], ["zoom"], ...stops];

function area() {
  return [
    { id: "ground", type: "background", paint: { "background-color": "#f4f2ec" } },
    {
      id: "outlines", type: "line", source: "divisions", "source-layer": "divisions",
      paint: { "line-color": "#8a6fa8", "line-width": ["match", ["get", "level"], "county", 2.4, "township", 1.5, 0.8], "line-dasharray": [5, 2.5] },
    },
    {
      id: "houses", type: "fill", source: "buildings", "source-layer": "buildings",
      paint: { "fill-color": "#dcd6ca", "fill-outline-color": "#b3a995" },
    },
  ];
}

function ways() {
  return [
    { id: "lane", type: "line", source: "lanes", "source-layer": "lanes", layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": "#b7bec7", "line-width": zooming(13, 0.8, 16, 2.4, 18, 6) } },
    { id: "street-casing", type: "line", source: "streets", "source-layer": "streets", layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": "#9aa5b1", "line-width": zooming(10, 1, 14, 3, 18, 17) } },
    { id: "street", type: "line", source: "streets", "source-layer": "streets", layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": "#ffffff", "line-width": zooming(10, 0.4, 14, 1.8, 18, 14) } },
    { id: "street-picked", type: "line", source: "streets", "source-layer": "streets", filter: ["==", ["id"], -1], layout: { "line-cap": "round" }, paint: { "line-color": "#f5a300", "line-width": zooming(10, 2, 14, 4, 18, 12) } },
    // Wide and unseen: a finger hits a street without aiming.
    { id: "street-hit", type: "line", source: "streets", "source-layer": "streets", paint: { "line-color": "#000000", "line-opacity": 0, "line-width": 22 } },
  ];
}

function names() {
  return [
    { id: "doors", type: "circle", source: "entrances", "source-layer": "entrances", minzoom: 14.5, paint: { "circle-color": "#8b949e", "circle-radius": zooming(15, 1.5, 18, 4), "circle-stroke-color": "#ffffff", "circle-stroke-width": 1 } },
    { id: "street-names", type: "symbol", source: "streets", "source-layer": "streets", minzoom: 13, paint: text(13).paint, layout: { ...text(13).layout, "text-field": ["get", "name"], "symbol-placement": "line", "text-letter-spacing": 0.15, "symbol-spacing": 320 } },
    { id: "division-names", type: "symbol", source: "division_names", "source-layer": "division_names", maxzoom: 15, paint: text(14, "#5d4380").paint, layout: { ...text(14).layout, "text-field": ["get", "name"] } },
  ];
}

export const style = () => ({
  version: 8,
  sources: {
    divisions: tiles("divisions", 4, 16),
    division_names: tiles("division_names", 5, 16),
    streets: tiles("streets", 10, 17),
    lanes: tiles("lanes", 13, 17),
    buildings: tiles("buildings", 14, 17),
    entrances: tiles("entrances", 14, 17),
  },
  layers: [...area(), ...ways(), ...names()],
});
