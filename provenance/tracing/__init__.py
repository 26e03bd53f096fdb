"""Transfers as supply paths: paths, gaps, points of diversion, chokepoints; requests and their deadlines."""
