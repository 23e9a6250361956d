"""Documents out of files, and files out of documents."""
