"""Pages and API: parse, do, present."""
