"""The Action API of CKAN 2.12, for reading: clients that were written for CKAN work here unchanged."""
