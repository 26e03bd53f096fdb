"""Transfers read as chains: paths, gaps, points of diversion, chokepoints; requests and their clocks."""
