"""The catalogue of open data, seen from registers: nothing here is typed by anybody, all of it is derived."""
