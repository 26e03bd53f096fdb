"""Formats of component lists: one file a format."""
