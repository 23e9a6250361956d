"""The public pages: thin functions that ask the queries, shape with the presenters, and render."""
