"""The endings of the files that describe datasets, and what each is sent as."""

MEDIA_TYPES = {
    "ttl": "text/turtle; charset=utf-8",
    "xml": "application/rdf+xml; charset=utf-8",
    "rdf": "application/rdf+xml; charset=utf-8",
    "jsonld": "application/ld+json; charset=utf-8",
}
ENDINGS = tuple(MEDIA_TYPES)
