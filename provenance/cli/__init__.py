"""The command line: thin commands; whatever is slow to import is imported inside a command's body."""
