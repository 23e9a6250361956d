"""Interpretation material: draft it beside its document, and require what is owed."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from yangguang.directory.models import Person
from yangguang.directory.queries import resolve
from yangguang.publishing.actions import editions
from yangguang.publishing.models import Document, Edition, Material, Phase
from yangguang.rules.interpretation import is_owed


@transaction.atomic
def draft(
    *,
    by: Person,
    policy: Document,
    title: str,
    body: str,
    kind: str,
    phase: str = Phase.WITH,
    link: str = "",
) -> Material:
    """Begin a piece of interpretation as a draft of the policy's own unit (谁起草谁解读).

    Raises Forbidden where the person may not write for that unit, ValidationError for what cannot be.
    """
    document = Document(unit=policy.unit, title=title, body=body, live=False)
    document.full_clean(exclude=["index_no"])
    editions.require_may_publish(by, document)
    document.save()
    document.save_revision(user=by)
    return attach(by=by, policy=policy, document=document, kind=kind, phase=phase, link=link)


@transaction.atomic
def attach(
    *, by: Person, policy: Document, document: Document, kind: str, phase: str = Phase.WITH, link: str = ""
) -> Material:
    """Say that a document explains another one. It counts once an edition tells so.

    Raises ValueError where the units are not the same, or where either explains or is explained already.
    """
    editions.require_may_publish(by, document)
    if document.unit_id != policy.unit_id and document.unit not in map(resolve, policy.issuers):
        raise ValueError(
            f"谁起草谁解读：《{policy.title}》由{policy.unit.name}起草，解读须由它或者联合发文的单位发布"
        )
    if Material.objects.filter(document=policy).exists() or Material.objects.filter(policy=document).exists():
        raise ValueError("解读材料本身不再解读：请选被解读的文件")
    material, _ = Material.objects.update_or_create(
        document=document, defaults={"policy": policy, "kind": kind, "phase": phase, "link": link}
    )
    material.full_clean()
    return material


@transaction.atomic
def detach(*, by: Person, material: Material) -> None:
    """Undo `attach`, as long as the public has not seen it."""
    editions.require_may_publish(by, material.document)
    if material.document.editions.exists():
        raise ValueError(f"《{material.document.title}》已经作为解读发布：请撤回那份解读")
    material.delete()


def require(policy: Document, joining: Sequence[Document], now: dt.datetime) -> None:
    """Raise ValueError unless a document that is owed interpretation has it, a day for it, or an exemption."""
    if not is_owed(form=policy.form, number=policy.number, keywords=policy.keywords):
        return
    if joining or Edition.objects.filter(interprets=policy.pk).exists():
        return
    if policy.interpretation_exemption.strip():
        return
    if policy.interpretation_due is None:
        raise ValueError(
            f"《{policy.title}》是规范性文件，须与解读材料同步送审、同步发布：请在“解读”里添加材料；"
            "随后才解读的填写承诺日期，确实不需要的写明理由（公众可见）"
        )
    if policy.interpretation_due < now.date() and not policy.editions.exists():
        raise ValueError(f"承诺解读日期 {policy.interpretation_due} 已经过去：请填今天或者以后的日期")
