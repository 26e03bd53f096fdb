"""Corrections of what is on record: the reference stays, the former value stays in the record's history."""
