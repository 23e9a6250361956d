"""What we register with Wagtail's admin."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLResolver, include, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.search import SearchArea
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import policy_registry
from wagtail.snippets.action_menu import ActionMenuItem
from wagtail.snippets.models import register_snippet

from yangguang.directory.models import Person, Unit
from yangguang.directory.permissions import Verb
from yangguang.office import menu
from yangguang.office.access import DeskRequest, DocumentPolicy, EditorsPolicy, RolePolicy
from yangguang.office.views import adoption, cleanups, feedback, gazette, release, scans
from yangguang.office.views.adoption_row import RowView
from yangguang.office.views.registers.intake import Marked, OneIntake, Original
from yangguang.office.views.registers.lists import OneRegister, Registers, Waiting
from yangguang.office.views.registers.takedowns import Decide, TakeOff
from yangguang.office.views.registers.tokens import Tokens
from yangguang.office.views.registers.upload import CheckAgain, Choose, Upload
from yangguang.office.viewsets.columns import ColumnViewSet
from yangguang.office.viewsets.corrections import CorrectionViewSet
from yangguang.office.viewsets.documents import DocumentViewSet
from yangguang.office.viewsets.occasions import OccasionViewSet
from yangguang.office.viewsets.people import PersonViewSet
from yangguang.office.viewsets.posts import PostViewSet
from yangguang.office.viewsets.sites import SiteViewSet
from yangguang.office.viewsets.units import UnitViewSet
from yangguang.publishing.models import Document, Occasion
from yangguang.sites.models import Column, Correction, Post, Site

ADOPTION = [
    path("", adoption.Plans.as_view(), name="index"),
    path("<int:pk>/", adoption.Review.as_view(), name="review"),
    path("<int:pk>/rows/<int:row>/", RowView.as_view(), name="row"),
    path("<int:pk>/accept/", adoption.AcceptClean.as_view(), name="accept_clean"),
    path("<int:pk>/source/", adoption.Source.as_view(), name="source"),
    path("<int:pk>/adopt/", adoption.Adopt.as_view(), name="adopt"),
    path("<int:pk>/discard/", adoption.Discard.as_view(), name="discard"),
]

GAZETTE = [
    path("", gazette.Gazette.as_view(), name="index"),
    path("<int:pk>/", gazette.Compose.as_view(), name="compose"),
    path("<int:pk>/proof.pdf", gazette.Proof.as_view(), name="proof"),
    path("<int:pk>/issue/", gazette.IssueIt.as_view(), name="issue"),
    path("scans/<int:pk>/", scans.Scan.as_view(), name="scan"),
    path("scans/<int:pk>/<int:number>/", scans.Correct.as_view(), name="correct"),
    path("scans/<int:pk>/<int:number>.jpg", scans.PageImage.as_view(), name="image"),
]

CLEANUPS = [
    path("", cleanups.Cleanups.as_view(), name="index"),
    path("<int:pk>/", cleanups.Confirm.as_view(), name="list"),
    path("<int:pk>/carry-out/", cleanups.CarryOut.as_view(), name="carry_out"),
]

FEEDBACK = [
    path("", feedback.FeedbackList.as_view(), name="index"),
    path("<int:pk>/", feedback.OneFeedback.as_view(), name="one"),
]

RELEASE = [
    path("", release.ReleasePlan.as_view(), name="index"),
    path("<int:batch>/", release.OneBatch.as_view(), name="batch"),
    path("entries/<int:planned>/", release.OneEntry.as_view(), name="entry"),
]

REGISTERS = [
    path("", Registers.as_view(), name="index"),
    path("<slug:slug>/", OneRegister.as_view(), name="register"),
    path("<slug:slug>/upload/", Upload.as_view(), name="upload"),
    path("<slug:slug>/take-off/", TakeOff.as_view(), name="take_off"),
    path("<slug:slug>/tokens/", Tokens.as_view(), name="tokens"),
]

INTAKES = [
    path("", Waiting.as_view(), name="waiting"),
    path("<int:taken>/", OneIntake.as_view(), name="intake"),
    path("<int:taken>/choose/", Choose.as_view(), name="choose"),
    path("<int:taken>/check/", CheckAgain.as_view(), name="check"),
    path("<int:taken>/marked.xlsx", Marked.as_view(), name="marked"),
    path("<int:taken>/original", Original.as_view(), name="original"),
    path("take-off/<int:asked>/", Decide.as_view(), name="decide"),
]

policy_registry.register(
    Document,
    DocumentPolicy(
        Document,
        # Nobody may "publish": what Wagtail means by it goes past the review.
        {**dict.fromkeys(("add", "change", "delete"), Verb.PUBLISH), "view": Verb.ENTER_DESK},
        own="unit",
    ),
    exact_class=True,
)
policy_registry.register(
    Occasion,
    RolePolicy(Occasion, dict.fromkeys(("add", "view"), Verb.RECORD_OCCASION), own="unit"),
    exact_class=True,
)
policy_registry.register(
    Unit, RolePolicy(Unit, dict.fromkeys(("change", "view"), Verb.KEEP_DIRECTORY)), exact_class=True
)
policy_registry.register(
    Person,
    RolePolicy(Person, dict.fromkeys(("add", "change", "view"), Verb.KEEP_DIRECTORY)),
    exact_class=True,
)

policy_registry.register(
    Site, RolePolicy(Site, dict.fromkeys(("add", "change", "view"), Verb.KEEP_SITES)), exact_class=True
)
for model, actions in (
    (Column, ("add", "change", "delete", "view")),
    (Correction, ("change", "view")),
    (Post, ("change", "view")),
):
    policy_registry.register(
        model, EditorsPolicy(model, dict.fromkeys(actions, Verb.KEEP_SITES)), exact_class=True
    )

register_snippet(DocumentViewSet)


@hooks.register("register_admin_viewset")
def our_lists() -> list[ModelViewSet]:
    return [
        OccasionViewSet(),
        UnitViewSet(),
        PersonViewSet(),
        SiteViewSet(),
        ColumnViewSet(),
        CorrectionViewSet(),
        PostViewSet(),
    ]


@hooks.register("register_admin_urls")
def our_addresses() -> list[URLResolver]:
    return [
        path("plans/", include((ADOPTION, "adoption"))),
        path("cleanups/", include((CLEANUPS, "cleanups"))),
        path("feedback/", include((FEEDBACK, "feedback"))),
        path("release/", include((RELEASE, "release"))),
        path("registers/", include((REGISTERS, "registers"))),
        path("intakes/", include((INTAKES, "intakes"))),
    ]


@hooks.register("register_admin_urls")
def gazette_addresses() -> list[URLResolver]:
    return [path("gazette/", include((GAZETTE, "gazette")))]


@hooks.register("construct_main_menu")
def only_what_is_used(request: DeskRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in menu.ITEMS if item.is_shown(request)]


@hooks.register("register_admin_search_area")
def search_among_documents() -> SearchArea:
    """First in order: the side menu's search box asks the first area that it is given."""
    return SearchArea("文件", "/office/files/", name="documents", icon_name="doc-full", order=-1)


@hooks.register("construct_snippet_action_menu")
def no_silent_unpublish(items: list[ActionMenuItem], request: HttpRequest, context: object) -> None:
    items[:] = [item for item in items if item.name == "action-save"]


@hooks.register("insert_global_admin_css")
def our_style() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("office/office.css"))
