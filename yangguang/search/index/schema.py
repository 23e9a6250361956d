"""The fields of the index, and opening one."""

from collections.abc import Sequence
from pathlib import Path

import tantivy

FORMAT = 7
"""Raised whenever sources, fields, tokens or folding change: an index of another format is built anew."""

FACETS = ("unit", "topic", "form", "status", "year")
COUNTED = (("unit",), ("topic", "form"), ("status", "year"))
"""Facets that are counted together: a column that holds both values takes half the time of two. A unit stands
alone, for a text may have several."""
BESIDE = "\x1f"
"""Stands between two values in one column."""
DOCUMENT, OTHERS = "document", ("gazette", "dataset")
"""Where entries come from: documents, and two sources with few entries."""
POSITION = "position"
"""The entry that tells up to which journal line the index goes: it changes in the same commit as the rest."""


def column(facets: Sequence[str]) -> str:
    """The field whose values are counted for these facets."""
    return "_".join(("each", *facets))


def make() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in ("text", "title", "sounds"):
        builder.add_text_field(name, tokenizer_name="spaces", index_option="position")
    for name in ("entry", "source", "number"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in FACETS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for names in COUNTED:
        builder.add_text_field(column(names), tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("since", "until"):
        builder.add_unsigned_field(name, indexed=True)
    builder.add_unsigned_field("seq", fast=True)
    builder.add_float_field("weight", fast=True)
    builder.add_text_field(POSITION, stored=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


def open_in(folder: Path) -> tantivy.Index:
    """The index in a folder, made where there is none. Raises ValueError where it cannot be read."""
    index = tantivy.Index(make(), str(folder))
    spaces = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("spaces", spaces)
    index.config_reader(reload_policy="manual")
    return index
