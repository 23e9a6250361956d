"""What a task's text promises: how often, where, in which form, how much."""

from yangguang.rules.cadence.cadences import CADENCES, CadenceMention
from yangguang.rules.cadence.duty import Duty, read_duty
from yangguang.rules.cadence.forms import FORMS
from yangguang.rules.cadence.measures import Measure

__all__ = ["CADENCES", "FORMS", "CadenceMention", "Duty", "Measure", "read_duty"]
