/** The map that this page shows, for whoever wants to move it without loading what draws it; null: none (yet). */

export const shown = { map: null };
