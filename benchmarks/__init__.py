"""Measuring and training: nothing here is part of the installed package."""
