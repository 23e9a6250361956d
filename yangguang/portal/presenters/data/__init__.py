"""What the open data pages show."""
