"""Somebody who has a keyboard and no pointer: Tab, Enter, Space and arrows, and eyes that follow the focus."""

import re

from tests.browser import looking

MOST = 150  # stops to anything on one page; more would be a trap, or a page nobody can use


class Hands:
    """The keys on one page; what is wrong with where the focus goes is collected in `wrong`."""

    def __init__(self, page):
        self.page, self.wrong, self.stops = page, [], 0

    def focused(self):
        """Return where the focus is, and note what is wrong with how it is shown."""
        # a page that came by a key has no measures yet
        if not self.page.evaluate("typeof window.focused === 'function'"):
            self.page.evaluate(looking.MEASURES)
        found = self.page.evaluate("focused()")
        path = re.sub(r"[0-9a-f-]{36}", "…", self.page.url.split("/", 3)[3])
        self.wrong += [f"/{path}: {said}" for said in found["wrong"] if said]
        return found

    def press(self, key):
        """Press a key."""
        self.page.keyboard.press(key)

    def tab_to(self, words, back=False):
        """Press Tab until the focus is on what these words begin; AssertionError when it never comes there."""
        met = []
        for _ in range(MOST):
            self.press("Shift+Tab" if back else "Tab")
            self.stops += 1
            found = self.focused()
            if re.match(words, found["words"]):
                return found
            if met[:1] == [found["words"]]:
                break  # once round
            met.append(found["words"])
        raise AssertionError(f"no way to {words!r}: {met}")

    def skip(self):
        """Go past the top line by the skip link, which is the first thing that Tab meets and is seen when it is met."""
        assert self.tab_to("Skip to the page")["words"] and self.stops
        self.press("Enter")
        assert self.focused()["id"] == "main", "the skip link leads to the page"

    def enter(self, words, then, key="Enter"):
        """Tab to a link or button, press it, and wait for the address it leads to."""
        self.tab_to(words)
        with self.page.expect_navigation(url=re.compile(then)):
            self.press(key)

    def write(self, words, text):
        """Tab to a field and type."""
        self.tab_to(words)
        self.page.keyboard.type(text)
