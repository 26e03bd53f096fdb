"""`provenance log …`: one module for each kind of record."""
