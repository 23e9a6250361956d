"""What units keep in tables."""

from yangguang.registers.models.counts import RowCounts
from yangguang.registers.models.feedback import Feedback
from yangguang.registers.models.intake import Intake, IntakeStep
from yangguang.registers.models.register import Kind, Register, Remembered
from yangguang.registers.models.release import Batch, Planned
from yangguang.registers.models.token import Token
from yangguang.registers.models.version import File, Takedown, TakedownRequest, Version, Warrant

__all__ = [
    "Batch",
    "Feedback",
    "File",
    "Intake",
    "IntakeStep",
    "Kind",
    "Planned",
    "Register",
    "Remembered",
    "RowCounts",
    "Takedown",
    "TakedownRequest",
    "Token",
    "Version",
    "Warrant",
]
