"""The command line: thin commands; slow imports are inside a command's body."""
