"""How the public sees who acted."""

from yangguang.directory.models import Person


def signature(by: Person | None, *, sample: bool) -> str:
    """Unit and role, never a person's name; without a person the sample or the machine."""
    if by is None:
        return "示例" if sample else "系统"
    return f"{by.unit.name if by.unit else ''}{by.get_role_display()}"
