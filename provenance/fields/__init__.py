"""One declaration a field: forms, templates, mappings, options and JSON keys follow from it."""
