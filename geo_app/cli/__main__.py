"""Run the command line as `python -m geo_app.cli`."""

from geo_app.cli import main

main()
