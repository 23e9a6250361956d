"""Reads of registers that are more than a QuerySet method."""
