"""The open data pages: the catalogue, a dataset and its versions, files, enterprises, progress."""
