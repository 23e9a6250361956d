"""Registers: the lists, series, cases and projects that units keep, in versions that never change."""
