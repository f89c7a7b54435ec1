"""The settings of the other journeys, with a second factor for everybody who enters the CMS."""

from tests.faults.settings import *  # noqa: F403 - settings modules extend each other

SECOND_FACTOR = "required"
