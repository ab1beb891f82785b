"""Which segments are the article's body, and its blocks."""
