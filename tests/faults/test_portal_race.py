"""B10 of the Business Portal's design: no reader of the feed passes over a change."""

import pytest

pytestmark = pytest.mark.slow


def test_b10_no_reader_passes_over_a_change_that_is_committed_late(sites):
    with sites.running("tests.faults.settings") as site:
        race = site.run("-m", "tests.faults.race")

    assert race.returncode == 0, race.stdout + race.stderr
    assert race.stdout == "0 of 600 missed, 600 seen\n"
