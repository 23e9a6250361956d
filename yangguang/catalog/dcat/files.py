"""A graph as a file: Turtle, RDF/XML or JSON-LD."""

from rdflib import Graph

from yangguang.catalog.dcat.vocabulary import PREFIXES


def written(graph: Graph, ending: str) -> bytes:
    """The graph in the format of an ending."""
    if ending == "jsonld":
        context = {prefix: str(space) for prefix, space in PREFIXES.items()}
        text = graph.serialize(format="json-ld", context=context, indent=1, ensure_ascii=False)
    else:
        text = graph.serialize(format={"ttl": "turtle"}.get(ending, "xml"))
    return text.encode()
