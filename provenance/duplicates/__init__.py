"""Records that may be one, reported twice: proposed with what speaks for it and against it."""
