"""`provenance evidence …`, `custody`, `checklist` and `label`."""
