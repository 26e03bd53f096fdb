"""The only door: all that a user can do is a function here, asked with a request, answered by a result."""
