"""What the check of pages takes for a box that people write words in."""

import pytest
from bs4 import BeautifulSoup

from tests.page_checks import says_not_what_for

LINE = '<p class="purpose">For learning. <a href="/privacy">Privacy</a></p>'


@pytest.mark.parametrize(("box", "writes"), [
    ("<textarea name=words></textarea>", True), ("<input name=reason maxlength=1000>", True),
    ("<input name=why>", True), ("<input type=text name=people_met maxlength=500>", True),
    ("<input name=title maxlength=200>", False), ("<input type=email name=email maxlength=254>", False),
    ("<input name=joining_link maxlength=500>", False), ("<input type=hidden name=seen maxlength=1000>", False),
])  # fmt: skip
def test_long_lines_and_reasons_want_the_line_that_says_what_writing_is_for(box, writes):
    assert says_not_what_for(BeautifulSoup(box, "html.parser"), "/somewhere") == writes
    assert not says_not_what_for(BeautifulSoup(box + LINE, "html.parser"), "/somewhere")
