"""Official text: the body of a document as plain text, as printed; what stands where is read from it.

Paragraphs stand between empty lines. The rest is told by what official documents print anyway (GB/T 9704):

=====================  ====================================================================
一、 （一） 1. （1）       a heading, where the line is short, no sentence, and has text under it
第一章 第一节             a chapter's or section's heading, set in the middle
# … ####               a heading where the number does not tell it; the signs are not shown
…：  (first line)      主送机关, whom the document is addressed to
附件：1.…               the list of attachments
市政府办公厅 / 2017年…日   the signature, at the right
（此件公开发布）            a note under the signature
附件1 (alone)           an attachment begins: a new page in print, its title in the middle
a[TAB]b                a row of a table, the first row its head; cells `^^` and `<<` belong to the one
                       above or at the left; U+2028 is a line end within a cell
[^1]  and [^1]: …      a footnote's sign, and its text
![说明](附件名)          a picture among the attachments
=====================  ====================================================================

There is no other markup and never HTML: whatever else a text holds is shown as it is.
"""

from yangguang.rules.official_text.blocks import Block, Kind, plain
from yangguang.rules.official_text.inline import Segment, segments
from yangguang.rules.official_text.parse import normalised, parse, to_text
from yangguang.rules.official_text.tables import Cell, Table

__all__ = ["Block", "Cell", "Kind", "Segment", "Table", "normalised", "parse", "plain", "segments", "to_text"]
