"""Editions on paper: `.pdf` and `.docx` in the look of GB/T 9704-2012 (党政机关公文格式)."""

from yangguang.publishing.formats.typesetting.kept import docx_of, pdf_of
from yangguang.publishing.formats.typesetting.paper import Paper, paper_of

__all__ = ["Paper", "docx_of", "paper_of", "pdf_of"]
