"""The standard address and doorplate system of a county."""
