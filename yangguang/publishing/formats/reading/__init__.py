"""Files (.docx .pdf .html .txt) → official text, with what could not be carried over told in sentences."""

from yangguang.publishing.formats.reading.found import Found, Notice, Picture
from yangguang.publishing.formats.reading.open import LARGEST, read_bytes, read_path
from yangguang.rules.plan_table import Unreadable

__all__ = ["LARGEST", "Found", "Notice", "Picture", "Unreadable", "read_bytes", "read_path"]
