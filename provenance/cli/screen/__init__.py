"""Commands about watchlists: import them, screen against them, judge the hits."""
