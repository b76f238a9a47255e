"""The adapter contract: four databases, two faces, and one face on the newer servers."""

import pytest

from pis_data.testing.database import *  # noqa: F403

pytestmark = pytest.mark.newer
