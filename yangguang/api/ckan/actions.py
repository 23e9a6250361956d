"""Every action by its name."""

from collections.abc import Callable
from typing import Any

from yangguang.api.ckan import groups, packages, site
from yangguang.api.ckan.datastore import searching, sql
from yangguang.api.ckan.parameters import Parameters

Action = Callable[[Parameters], Any]

ACTIONS: dict[str, Action] = {
    action.__name__: action
    for action in (
        packages.package_list,
        packages.current_package_list_with_resources,
        packages.package_show,
        packages.package_autocomplete,
        packages.package_search,
        packages.resource_show,
        packages.resource_search,
        packages.format_autocomplete,
        groups.organization_list,
        groups.organization_show,
        groups.group_list,
        groups.group_show,
        groups.group_package_show,
        groups.tag_list,
        groups.tag_show,
        groups.tag_search,
        searching.datastore_search,
        searching.datastore_info,
        sql.datastore_search_sql,
        site.license_list,
        site.vocabulary_list,
        site.resource_view_list,
        site.status_show,
        site.site_read,
        site.help_show,
    )
}
