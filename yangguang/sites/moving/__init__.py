"""An old site's pages, read from its files."""
