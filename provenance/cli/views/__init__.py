"""How results look to people: one module a command, sections in, words and columns out."""
