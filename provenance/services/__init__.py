"""All that a user can do: each action is a function that takes a request and returns a result."""
