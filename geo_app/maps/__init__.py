"""Pure drawing: layers, styles, legends, stand-alone map files."""
