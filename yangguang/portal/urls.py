"""Every address of the public site."""

from django.urls import path

from yangguang.portal.views import (
    choices,
    documents,
    due,
    home,
    journal,
    obligations,
    plan,
    problems,
    search,
    units,
)

app_name = "portal"

urlpatterns = [
    path("", home.home, name="home"),
    path("about/", home.about, name="about"),
    path("plan/", plan.plan, name="plan"),
    path("plan/<str:code>/", plan.task, name="task"),
    path("plan/versions/<slug:slug>/<int:number>/", plan.version, name="plan-version"),
    path("obligations/<slug:plan>-<str:code>/", obligations.obligation, name="obligation"),
    path("units/", units.units, name="units"),
    path("units/<str:slug>/", units.unit, name="unit"),
    path("due/", due.due, name="due"),
    path("due.ics", due.feed, name="feed"),
    path("documents/", documents.documents, name="documents"),
    path("documents/<str:index_no>/", documents.document, name="document"),
    path("documents/<str:index_no>/v/<int:number>/", documents.edition, name="edition"),
    path("documents/<str:index_no>/v/<int:number>/text", documents.text, name="edition-text"),
    path("search/", search.search, name="search"),
    path("journal/", journal.journal, name="journal"),
    path("day/", choices.choose_day, name="day"),
    path("language/", choices.choose_language, name="language"),
    path("robots.txt", problems.robots, name="robots"),
]
