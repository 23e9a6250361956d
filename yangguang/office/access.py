"""Who may open which part of the desk: worked out from the person's role, never set by hand.

Django's groups and stored permissions are not used. Wagtail asks in two ways, by permission name and by
policy; both answers come from `directory.permissions`.
"""

from collections.abc import Iterable, Mapping

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails
from wagtail.permission_policies import BasePermissionPolicy

from yangguang.directory.models import Person
from yangguang.directory.permissions import Role, Verb, allows


class DeskRequest(HttpRequest):
    """A request behind the log-in: its user is a person."""

    user: Person
    htmx: HtmxDetails


VERB_OF_PERMISSION: dict[str, Verb] = {
    "wagtailadmin.access_admin": Verb.ENTER_DESK,
    "publishing.add_document": Verb.PUBLISH,
    "publishing.change_document": Verb.PUBLISH,
}
"""The permissions that Wagtail asks for by name. Any other is nobody's."""


class RoleBackend(ModelBackend):
    """Log-in by user name and password; permissions by role."""

    def get_all_permissions(
        self, user_obj: AbstractBaseUser | AnonymousUser, obj: Model | None = None
    ) -> set[str]:
        if not isinstance(user_obj, Person) or not user_obj.is_active or obj is not None:
            return set()
        return {name for name, verb in VERB_OF_PERMISSION.items() if allows(user_obj.role, verb)}


class RolePolicy(BasePermissionPolicy):
    """Answers Wagtail's questions about one model from the person's role.

    `verbs` names the verb that each action needs; an action that is not in it is nobody's. Where `own` names
    a relation to a unit, persons who do not see all units act on their own unit's rows only.
    """

    def __init__(self, model: type[Model], verbs: Mapping[str, Verb], own: str = "") -> None:
        super().__init__(model)
        self.verbs = verbs
        self.own = own

    def user_has_permission(self, user: Person, action: str) -> bool:
        verb = self.verbs.get(action)
        return verb is not None and user.is_active and allows(user.role, verb)

    def user_has_permission_for_instance(self, user: Person, action: str, instance: Model) -> bool:
        if not self.user_has_permission(user, action):
            return False
        return self._everywhere(user) or getattr(instance, f"{self.own}_id") == user.unit_id

    def instances_user_has_any_permission_for(self, user: Person, actions: Iterable[str]) -> QuerySet[Model]:
        rows = self.model._default_manager.all()
        if not self.user_has_any_permission(user, actions):
            return rows.none()
        return rows if self._everywhere(user) else rows.filter(**{self.own: user.unit_id})

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[Person]:
        roles = [role for role in Role if any(self._role_may(role, action) for action in actions)]
        return Person.objects.filter(is_active=True, role__in=roles)

    def _role_may(self, role: str, action: str) -> bool:
        verb = self.verbs.get(action)
        return verb is not None and allows(role, verb)

    def _everywhere(self, user: Person) -> bool:
        return not self.own or allows(user.role, Verb.SEE_ALL_UNITS)


class EditorsPolicy(RolePolicy):
    """For what belongs to a site: who keeps sites may do it everywhere, an editor of the site on that site."""

    def user_has_permission(self, user: Person, action: str) -> bool:
        if action not in self.verbs or not user.is_active:
            return False
        return allows(user.role, self.verbs[action]) or user.sites.exists()

    def user_has_permission_for_instance(self, user: Person, action: str, instance: Model) -> bool:
        may = self.user_has_permission(user, action)
        return may and (allows(user.role, self.verbs[action]) or instance.site in user.sites.all())  # type: ignore[attr-defined]

    def instances_user_has_any_permission_for(self, user: Person, actions: Iterable[str]) -> QuerySet[Model]:
        rows = self.model._default_manager.all()
        if not self.user_has_any_permission(user, actions):
            return rows.none()
        return rows if allows(user.role, Verb.KEEP_SITES) else rows.filter(site__in=user.sites.all())


class DocumentPolicy(RolePolicy):
    """A document that the public saw is never deleted; one that was withdrawn is not changed any more."""

    def user_has_permission_for_instance(self, user: Person, action: str, instance: Model) -> bool:
        if action == "delete" and instance.editions.exists():  # type: ignore[attr-defined]
            return False
        if action == "change" and hasattr(instance, "withdrawal"):
            return False
        return super().user_has_permission_for_instance(user, action, instance)
