"""The catalogue as DCAT 3: one graph that keeps to DCAT-AP 3.0 and DCAT-US 3.0 at once, and DCAT-US 1.1."""
