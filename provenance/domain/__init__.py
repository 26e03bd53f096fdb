"""The writers and rules of what is on record: one module a noun."""
