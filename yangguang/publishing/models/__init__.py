"""What units put before the public."""

from yangguang.publishing.models.document import Document, IndexSeries
from yangguang.publishing.models.edition import Edition, Form, Withdrawal
from yangguang.publishing.models.occasion import Occasion

__all__ = ["Document", "Edition", "Form", "IndexSeries", "Occasion", "Withdrawal"]
