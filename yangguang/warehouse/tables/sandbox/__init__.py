"""SQL of anybody over published versions: read only, limited in time, memory and rows, in a process of its own.

Three fences, each enough for most attacks. The statement is parsed by DuckDB and everything in the tree
must be on a list: one SELECT, known tables, known functions (`statement`). It runs in a locked DuckDB in
memory that is opened for it alone and may open only the files of its views (`worker`). That runs in a
process without our environment, with little memory and no right to write, which is killed when it
overruns (`process`).
"""

from yangguang.warehouse.tables.sandbox.outcome import Limits, Reason, Refused, Result
from yangguang.warehouse.tables.sandbox.process import run

__all__ = ["Limits", "Reason", "Refused", "Result", "run"]
