"""Addresses that programs written for the city's present platforms call, answered in their shapes."""
