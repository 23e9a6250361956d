"""Tables of registers: immutable Parquet versions, written, asked, compared and given out by DuckDB.

A version is addressed by the SHA-256 of its Parquet file in `warehouse.store`; what its columns are comes
as a Descriptor. DuckDB is imported only where it is used, so that a process that asks no table does not
carry it.
"""
