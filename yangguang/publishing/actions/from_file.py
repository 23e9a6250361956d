"""Begin a draft with what a file holds."""

from django.db import transaction

from yangguang.directory.models import Person, Unit
from yangguang.publishing.actions import editions
from yangguang.publishing.formats.reading import Found
from yangguang.publishing.formats.reading.sources import facts_of, kept_pictures
from yangguang.publishing.models import Document


@transaction.atomic
def begin(*, by: Person, unit: Unit, found: Found) -> Document:
    """A draft with everything that was found, its pictures among the attachments; nobody else sees it yet.

    Raises Forbidden where the person may not publish for the unit, ValidationError for what no document may hold.
    """
    document = Document(unit=unit, live=False, **facts_of(found))
    editions.require_may_publish(by, document)
    document.attachments = [picture.as_json() for picture in kept_pictures(found)]
    document.full_clean(exclude=["index_no"])
    document.save()
    document.save_revision(user=by)
    return document
