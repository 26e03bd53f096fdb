"""Files that state who owns whom: GLEIF level 2, Open Ownership's BODS, plain tables."""
