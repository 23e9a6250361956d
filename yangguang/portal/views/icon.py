"""The site's mark where browsers ask for it unbidden: frames on other sites, files without a page around them."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

# The drawing of sun.svg beside it, at 16, 32 and 48 pixels.
DRAWN = (Path(__file__).parents[1] / "static" / "portal" / "sun.ico").read_bytes()


@require_safe
def icon(request: HttpRequest) -> HttpResponse:
    return HttpResponse(DRAWN, content_type="image/x-icon")
