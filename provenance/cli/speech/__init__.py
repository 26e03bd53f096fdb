"""What the program says, in the user's language: answers, errors, notes, help."""
