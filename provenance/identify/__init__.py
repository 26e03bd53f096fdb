"""From a marking to a part, a maker and a date: candidates with calibrated confidence and their reasons."""
