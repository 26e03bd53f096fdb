"""The writers and rules of the records: one module for each kind of record."""
