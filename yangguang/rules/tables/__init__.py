"""Registers as plain values: what a table must hold, how its cells are read, how its rows are asked for."""
