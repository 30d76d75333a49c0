/** Undo and redo: each step knows how to go back and forth, also where the server has to be asked. */

import { tell } from "./events.js";

const past = [];
const future = [];
let busy = false;

/** Remember a step that was just taken. */
export function remember(title, back, forth) {
  past.push({ title, back, forth });
  future.length = 0;
  tell("history");
}

export const canUndo = () => past.length > 0;
export const canRedo = () => future.length > 0;

async function go(from, to, way) {
  if (busy || from.length === 0) return null;
  busy = true;
  const step = from.pop();
  try {
    await step[way]();
    to.push(step);
    return step.title;
  } catch (problem) {
    from.push(step);
    throw problem;
  } finally {
    busy = false;
    tell("history");
  }
}

export const undo = () => go(past, future, "back");
export const redo = () => go(future, past, "forth");
