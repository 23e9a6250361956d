"""Sites and columns, and what reaches readers from them: mail, posts, reports of errors."""

from yangguang.sites.models.column import Column, ColumnKind, Show
from yangguang.sites.models.correction import Correction
from yangguang.sites.models.mail import Subscriber, Subscription
from yangguang.sites.models.old_address import OldAddress
from yangguang.sites.models.post import Channel, Post
from yangguang.sites.models.site import Site

__all__ = [
    "Channel",
    "Column",
    "ColumnKind",
    "Correction",
    "OldAddress",
    "Post",
    "Show",
    "Site",
    "Subscriber",
    "Subscription",
]
