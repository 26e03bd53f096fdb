"""Photos and custody: stored unaltered by their content, attached, checked."""
