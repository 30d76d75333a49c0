"""Files in and out: vector formats, spreadsheets, rules, message catalogues."""
