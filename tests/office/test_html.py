"""html-validate, which we did not write, accepts the screens of the desk."""

import re
from pathlib import Path

from tests.office.conftest import desk_of
from tests.office.test_accessibility import addresses, fill
from tests.office.test_adoption import upload
from tests.portal.test_kinds import complaints
from tests.sites.conftest import Sites, stand
from yangguang.directory.models import Person
from yangguang.plan.models import PlanVersion

__all__ = ["stand"]

WAGTAILS = (
    # A button of its filters holds a <div>, where only phrases may stand.
    (
        r'(<button class="w-drilldown__toggle"[^>]*>[^<]*)<div ([^>]*>(?:(?!</button>).)*)</div>(\s*</button>)',
        r"\1<span \2</span>\3",
    ),
    # So does the button of its side panel, for a count.
    (r"<div data-side-panel-toggle-counter [^>]*>\s*None\s*</div>", ""),
    # The grip of the side panel draws its icon by a <div> in a <label>.
    (r'<div class="form-side__resize-grip-icon"></div>', ""),
    # Its listings write <col> without a <colgroup> and give it a width by an old attribute.
    (r'(<table class="listing">\s*)(?:<col [^>]*>\s*)+', r"\1"),
    # Its form of one's own account leads to an empty address, meaning its own page.
    (r'(<form\s+id="w-editor-form"\s+)action=""', r"\1"),
)
"""Wagtail's own markup around ours that breaks a rule, and the same without the breach."""


def ours(page: str) -> str:
    for wagtails, mended in WAGTAILS:
        page = re.sub(wagtails, mended, page, flags=re.DOTALL)
    return page


def test_the_screens_of_the_desk_are_valid_html(
    general_office: Person, plan: PlanVersion, stand: Sites, tmp_path: Path
) -> None:
    desk = desk_of(general_office)
    upload(desk)
    fill(general_office, stand)
    assert complaints(addresses(), desk, tmp_path, ours) == ""
