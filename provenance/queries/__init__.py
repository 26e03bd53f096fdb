"""Questions: what was counted, how, and what was left out, with every answer."""
