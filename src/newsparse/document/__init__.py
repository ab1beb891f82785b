"""A source to one read-only tree, and what stands in it: metadata and segments."""
