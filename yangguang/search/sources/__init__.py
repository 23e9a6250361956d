"""Where the texts of the index come from. To add one: a module with a `Source`, and its line here."""

from yangguang.search.sources.datasets import DATASETS
from yangguang.search.sources.documents import DOCUMENTS
from yangguang.search.sources.gazette import GAZETTE
from yangguang.search.sources.source import Source

SOURCES: tuple[Source, ...] = (DOCUMENTS, DATASETS, GAZETTE)
