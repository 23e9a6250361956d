"""The catalogue's descriptions for harvesters and search engines: DCAT, DCAT-US, schema.org."""
