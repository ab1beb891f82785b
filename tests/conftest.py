"""Hypothesis profiles: ``fast`` repeats the same examples in every run, ``long`` searches for new ones.

Chosen by the environment variable ``NEWSPARSE_HYPOTHESIS_PROFILE``; ``fast`` where it is not set.
"""

import os

from hypothesis import HealthCheck, settings

# A page is a large example, and how long one takes depends on the machine: neither is a failure.
_SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example)

settings.register_profile("fast", max_examples=80, derandomize=True, deadline=None, suppress_health_check=_SLOW)
settings.register_profile("long", max_examples=3_000, deadline=None, print_blob=True, suppress_health_check=_SLOW)
settings.load_profile(os.environ.get("NEWSPARSE_HYPOTHESIS_PROFILE", "fast"))
