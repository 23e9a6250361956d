"""Sample rows for every register: plausible, plainly marked, the same on every machine."""

from yangguang.sample.registers.periods import periods_of
from yangguang.sample.registers.rows import rows_of
from yangguang.sample.registers.six_hundred import Place, catalogue_rows, datasets
from yangguang.sample.registers.stages import MOVING

__all__ = ["MOVING", "Place", "catalogue_rows", "datasets", "periods_of", "rows_of"]
