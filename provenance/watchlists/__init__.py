"""Watchlists by version: formats, import, listing intervals, what changed, how old they are."""
