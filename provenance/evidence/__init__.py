"""Pictures and custody: taken in unaltered, kept by their content, attached, checked."""
