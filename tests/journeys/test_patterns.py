"""Every pattern of forms and pages, F1 to F25 and P1 to P15, has its test."""

import re

from tests.journeys import test_form_patterns, test_page_patterns

ROWS = {f"f{row:02}" for row in range(1, 26)} | {f"p{row:02}" for row in range(1, 16)}


def test_each_row_has_one_test_of_its_name():
    names = [*vars(test_form_patterns), *vars(test_page_patterns)]
    rows = [found[1] for name in names if (found := re.match(r"test_([fp]\d\d)_", name))]

    assert sorted(rows) == sorted(ROWS)
