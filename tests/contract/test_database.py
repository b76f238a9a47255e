"""The adapter contract: four databases, two faces."""

from pis_data.testing.database import *  # noqa: F403
