"""Addresses that things keep for ever. Harvesters take a new address for a new thing.

A dataset is `/dataset/<slug>`; what belongs to it is a fragment of that, whatever version it stands in.
"""

from dataclasses import dataclass

from rdflib import URIRef

from yangguang.catalog.dataset import Dataset


@dataclass(frozen=True)
class Names:
    """Addresses on a site; `site` is the public address without a slash at the end."""

    site: str

    @property
    def catalog(self) -> URIRef:
        return URIRef(f"{self.site}/catalog")

    @property
    def topics(self) -> URIRef:
        return URIRef(f"{self.site}/catalog#topics")

    @property
    def licence(self) -> URIRef:
        return URIRef(f"{self.site}/data/terms/")

    @property
    def publisher(self) -> URIRef:
        return URIRef(f"{self.site}/about/")

    @property
    def description_of_the_interface(self) -> URIRef:
        return URIRef(f"{self.site}/api/v1/openapi.json")

    def topic(self, number: int) -> URIRef:
        return URIRef(f"{self.site}/catalog#topic-{number:02d}")

    def unit(self, slug: str) -> URIRef:
        return URIRef(f"{self.site}/units/{slug}/")

    def contact(self, slug: str) -> URIRef:
        return URIRef(f"{self.site}/units/{slug}/#contact")

    def batch(self, number: int) -> URIRef:
        return URIRef(f"{self.site}/data/plan/#batch-{number}")

    def dataset(self, slug: str) -> URIRef:
        return URIRef(f"{self.site}/dataset/{slug}")

    def version(self, slug: str, number: int) -> URIRef:
        return URIRef(f"{self.site}/data/{slug}/v/{number}/")

    def distribution(self, slug: str, format: str) -> URIRef:
        return URIRef(f"{self.site}/dataset/{slug}#{format}")

    def measurement(self, slug: str, part: str) -> URIRef:
        return URIRef(f"{self.site}/dataset/{slug}#quality-{part}")

    def metric(self, part: str) -> URIRef:
        return URIRef(f"{self.site}/data/terms/#quality-{part}")

    def service(self, slug: str) -> URIRef:
        return URIRef(f"{self.site}/dataset/{slug}#service")

    def page(self, dataset: Dataset) -> URIRef:
        return URIRef(f"{self.site}{dataset.address}")

    def table(self, slug: str) -> URIRef:
        return URIRef(f"{self.site}/table/{slug}/{slug}.json")
