"""What all other packages use: vocabularies, errors, identities, the clock."""
