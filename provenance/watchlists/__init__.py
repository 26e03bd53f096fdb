"""Watchlists by version: import, listing intervals, what changed between versions, how old they are."""
