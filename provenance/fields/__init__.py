"""Fields, each declared once: forms, templates, mappings, options and JSON keys follow from it."""
