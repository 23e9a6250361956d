"""What CKAN's clients ask of the site itself."""

from typing import Any

from django.conf import settings

from yangguang.api.ckan.parameters import Parameters, required
from yangguang.api.ckan.problems import not_found
from yangguang.catalog import licence

VERSION = "2.12.0"
"""The version whose reading interface this is: clients take the text apart to know what they may ask."""


def status_show(asked: Parameters) -> dict[str, Any]:
    return {
        "site_title": settings.WAGTAIL_SITE_NAME,
        "site_description": "政府信息公开和数据开放",
        "site_url": settings.PUBLIC_ADDRESS,
        "error_emails_to": None,
        "locale_default": "zh_Hans_CN",
        "extensions": ["datastore"],
        "ckan_version": VERSION,
    }


def site_read(asked: Parameters) -> bool:
    return True


def license_list(asked: Parameters) -> list[dict[str, Any]]:
    return [
        {
            "id": licence.ID,
            "title": licence.TITLE,
            "url": f"{settings.PUBLIC_ADDRESS}/data/terms/",
            "status": "active",
            "is_generic": False,
            "od_conformance": "not reviewed",
            "osd_conformance": "not reviewed",
            "domain_content": False,
            "domain_data": True,
            "domain_software": False,
            "family": "",
            "maintainer": "",
        }
    ]


def vocabulary_list(asked: Parameters) -> list[Any]:
    return []


def resource_view_list(asked: Parameters) -> list[Any]:
    return []


def help_show(asked: Parameters) -> str:
    """The description of an action; clients ask for it to see whether there is one."""
    from yangguang.api.ckan.actions import ACTIONS

    name = required(asked, "name")
    if name not in ACTIONS:
        raise not_found("Action not found.")
    return ACTIONS[name].__doc__ or f"{name}: as in CKAN {VERSION}"
