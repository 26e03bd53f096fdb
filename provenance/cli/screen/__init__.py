"""Commands about watchlists: import them, screen against them, judge what was found."""
