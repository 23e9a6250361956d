"""Tables by Datasette's addresses (1.0): `/table/<dataset>/<dataset>.json` with its arguments and shapes."""
