"""Imports: records are resolved and written in batches, and every row is accounted for."""
