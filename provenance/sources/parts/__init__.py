"""Formats of parts catalogues: one file a format."""
