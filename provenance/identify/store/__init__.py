"""Identification in the database: the parts catalogue, its keys, and what was learned."""
