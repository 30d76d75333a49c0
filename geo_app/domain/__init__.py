"""Pure rules: values in, values out; no database, no web, no clock."""
