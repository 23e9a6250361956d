"""The catalogue of open data, and on what terms it may be used."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yangguang.catalog import licence
from yangguang.catalog.shelf import shelf
from yangguang.directory import clock
from yangguang.portal import addresses, day
from yangguang.portal.presenters.data import catalogue as presenter


@day.page
def catalogue(request: HttpRequest, as_of: dt.date) -> HttpResponse:
    """Search and facets over all datasets, each on one line. Always the newest versions."""
    held = shelf()
    given = presenter.asked(request.GET)
    found = presenter.catalogue(held.index, given, clock.now())
    context = {
        "query": given.query,
        "given": given,
        "catalogue": found,
        "facets": found.facets,
        "chosen": bool(given.filters),
        "unfiltered": found.unfiltered,
        "pages": found.pages,
        "total": len(held.datasets),
        "rows_in_all": sum(dataset.rows for dataset in held.datasets.values()),
        "units_in_all": len({dataset.unit.slug for dataset in held.datasets.values()}),
        "canonical": addresses.whole("/data/"),
        "is_narrowed": bool(given.query or given.filters or given.page > 1 or given.sort),
    }
    return render(request, "portal/data/catalogue.html", context)


@day.page
def terms(request: HttpRequest, as_of: dt.date) -> HttpResponse:
    """The licence of all datasets, and how to say where data come from."""
    return render(request, "portal/data/terms.html", {"licence": licence})
