"""From files and many sources to articles."""
