"""Read-only SQL for lists, search, tiles and statistics."""
