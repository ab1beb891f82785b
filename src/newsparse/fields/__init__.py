"""The fields of an article, a module each: a ``Page`` in, a value with its evidence out. No field knows another."""
