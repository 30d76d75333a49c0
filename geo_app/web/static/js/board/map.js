/** The map: controls, source note, and what to say where there is nothing to draw. */

import * as maplibregl from "maplibre-gl";
import { style } from "./basemap.js";
import { note } from "./notes.js";
import { find, say, settings } from "./settings.js";

const SHAWAN = [103.4, 29.2, 103.7, 29.55];
const CHINESE = {
  "AttributionControl.ToggleAttribution": "来源", "NavigationControl.ZoomIn": "放大", "NavigationControl.ZoomOut": "缩小",
  "NavigationControl.ResetBearing": "恢复正北", "Map.Title": "地图", "ScaleControl.Meters": "米", "ScaleControl.Kilometers": "公里",
  "GeolocateControl.FindMyLocation": "我的位置", "GeolocateControl.LocationNotAvailable": "无法定位",
};

const source = () => (settings.madeUp ? `${say("source")} · ${say("madeUp")}` : say("source"));

const narrow = () => window.matchMedia("(width <= 760px)").matches;

/** How the map is fitted to bounds; a phone has no room to spare. */
export const fitting = () => ({ padding: narrow() ? 30 : 60, maxZoom: 18.5 });

/** Return the map of a page's box once its style is there, or null where this browser cannot draw it. */
export async function openMap(box = "#map") {
  let map;
  try {
    map = new maplibregl.Map({
      container: find(box),
      style: style(),
      bounds: settings.bounds ?? SHAWAN,
      fitBoundsOptions: fitting(),
      localIdeographFontFamily: '"Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif',
      locale: settings.language === "zh" ? CHINESE : undefined,
      attributionControl: false,
      maxPitch: 0,
      fadeDuration: 0,
      maxZoom: 21,
      // Kept after drawing, so that the print view shows the map.
      canvasContextAttributes: { preserveDrawingBuffer: true },
    });
  } catch (problem) {
    note(say("noMap"), "error");
    console.warn(problem.message);
    return null;
  }
  map.addControl(new maplibregl.NavigationControl({ visualizePitch: false }), "top-left");
  map.addControl(new maplibregl.ScaleControl({ unit: "metric", maxWidth: 140 }), "bottom-left");
  map.addControl(new maplibregl.AttributionControl({ compact: narrow(), customAttribution: source() }), "bottom-right");
  map.touchZoomRotate.disableRotation();
  map.on("error", (event) => note(event.error?.status === undefined ? say("offline") : event.error.message, "error"));
  if (narrow()) find(".legend.corner")?.removeAttribute("open");
  await new Promise((ready) => map.once("style.load", ready));
  // For whoever watches the page from outside: everything that was asked for is drawn, not only ready to be worked with.
  map.on("dataloading", () => { delete document.body.dataset.drawn; });
  map.on("idle", () => { document.body.dataset.drawn = "true"; });
  if (narrow()) find(`${box} .maplibregl-ctrl-attrib`)?.classList.remove("maplibregl-compact-show");
  return map;
}

export const popup = (options) => new maplibregl.Popup({ closeButton: false, closeOnClick: false, ...options });

/** Fetch the register's own layers again after a write. */
export function refreshTiles(map, ...names) {
  for (const name of names) {
    const layer = map?.getSource(name);
    if (layer) layer.setTiles(layer.tiles);
  }
}
