"""From a file as officials keep it to rows that may be published: sheets, heading, columns, checks."""

from yangguang.registers.intake.checking import Against, Checked, check_file, check_sheet
from yangguang.registers.intake.reading import Choices, Proposed, propose
from yangguang.registers.intake.sheets import Sheet, Unreadable, read, read_file

__all__ = [
    "Against",
    "Checked",
    "Choices",
    "Proposed",
    "Sheet",
    "Unreadable",
    "check_file",
    "check_sheet",
    "propose",
    "read",
    "read_file",
]
