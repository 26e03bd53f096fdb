"""Screening: names, addresses and numbers against listed parties; scoring is pure, runs are kept."""
