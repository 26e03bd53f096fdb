"""What everything rests on: vocabularies, errors, identity."""
