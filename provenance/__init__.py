"""Traces components recovered from weapons back to part numbers, makers and distributors."""

__version__ = "0.1.0"
