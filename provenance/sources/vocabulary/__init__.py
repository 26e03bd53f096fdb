"""The words of headers, one file for each sort of list."""
