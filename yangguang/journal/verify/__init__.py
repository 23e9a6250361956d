"""Two verifiers that share no code with the site: one file of Python, one of JavaScript."""
