"""Adapters to other packages, each a module that is imported only by those who use it."""
