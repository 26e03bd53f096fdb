"""Letters: drafted from what is on record, for a person to check and send."""
