"""The accessibility statement, which anybody may read: what was tested and how, what is not met, and whom to tell.

What it says of tests is held to them by tests/privacy/test_accessibility.py: change both together.
"""

from flask import Blueprint, g, render_template

from workgroup import web
from workgroup.people import queries as people

bp = Blueprint("accessibility", __name__)
WRITTEN_ON = "2026-11-28"
AXE = "4.14"
# what is tried by program at every release, and where the tests of it lie
TRIED = (
    ("Every page, found by following the links of every kind of person, signed in or not, and every form sent empty or "
     "wrong: checked with axe-core " + AXE + ", as a tablet and as a phone, light and dark.",
     "tests/browser/test_accessible.py"),
    ("The same pages enlarged to 400 %, with letters twice as large, and with more space between letters, words and "
     "lines: nothing is cut off, covered, or scrolls two ways.", "tests/browser/test_accessible.py"),
    ("What is pressed: 44 by 44 pixels, 64 for the pads of a lesson; a smaller link has that room to itself, or "
     "stands in a sentence.", "tests/browser/test_accessible.py"),
    ("Your own colours, and less motion: what is pressed, chosen or current can still be told, and nothing moves.",
     "tests/browser/test_accessible.py"),
    ("The main job by keyboard alone, from signing in to a reflection: the focus can always be seen, is never under "
     "a bar, and goes somewhere sensible.", "tests/browser/test_by_keyboard.py"),
    ("What a screen reader is told: names, states, headings, and what is announced, read from the browser’s own "
     "accessibility tree.", "tests/browser/test_read_aloud.py"),
)  # fmt: skip


@bp.get("/accessibility")
@web.open_to(web.anyone)
def page():
    """Show the statement."""
    hub = people.hub(g.db)
    return render_template("privacy/accessibility.html", hub=hub, tried=TRIED, written_on=WRITTEN_ON)
