"""From a file as officials keep it to rows that may be published: sheets, heading, columns, checks."""

from yangguang.registers.intake.reading import Choices, Proposed, check, propose
from yangguang.registers.intake.sheets import Sheet, Unreadable, read

__all__ = ["Choices", "Proposed", "Sheet", "Unreadable", "check", "propose", "read"]
