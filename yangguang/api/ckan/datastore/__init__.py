"""CKAN's DataStore over the versions of registers: search, SQL, info and dump."""
