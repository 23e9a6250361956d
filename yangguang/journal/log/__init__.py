"""The public face of the journal: a signed Merkle log of plain files (c2sp.org/tlog-tiles).

`settings.JOURNAL_ROOT` holds `checkpoint` and `tile/…` as they are served, and `state.json`, which says
what was last signed. All but those two never change. Everything can be made again from the stored lines.
"""
