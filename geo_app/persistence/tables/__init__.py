"""One module per noun; the schema itself is made by the migrations."""
