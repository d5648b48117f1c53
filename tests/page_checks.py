"""What every page must be, whatever it shows: checked by the test client on each page it fetches."""

import re

from bs4 import BeautifulSoup, NavigableString
from bs4.element import TemplateString

TEXT = (NavigableString, TemplateString)  # what a page draws later from a template is read as well
CONTROLS = ("input", "select", "textarea")
# boxes of one line for words: those that take more than a name or a title does, and reasons however short
TITLE = 200
REASONS = ("why", "reason")
NO_WORDS = ("joining_link", "url", "late_contact")  # a link, a number and whom to ask for
# boxes that are for something else than words about teaching or people, and what that is
NOT_ABOUT_ANYBODY = {
    r"/hub/settings": "the purpose and the notice themselves",
    r"/frameworks/[^/]+/edit": "what an aspect is, of no school yet",
    r"/schools/[^/]+/(host|contacts)|/school-contacts/[^/]+/(end|restore)": "the way in, the room, the wifi",
    r"/sessions/[^/]+/(hosting(/end)?|wifi)|/hosting/[^/]+(/wifi)?": "the wifi; where more is asked, the line is there",
}


def check(html, address):
    """Raise AssertionError with everything that is wrong with a page, one line each."""
    page = BeautifulSoup(html, "html.parser")
    wrong = list(_structure(page)) + list(_labels(page)) + list(_ids(page)) + list(_policy(page))
    if says_not_what_for(page, address.split()[1] if " " in address else address):
        wrong.append("somebody writes here, and f.purpose_line does not say what for")
    assert not wrong, f"{address}:\n" + "\n".join(wrong)


def says_not_what_for(page, path):
    """Tell whether people write words on a page that does not carry the hub's purpose and the way to its notice."""
    writes = page.find("textarea") or any(_takes_words(box) for box in page.find_all("input"))
    if not writes or any(re.fullmatch(one, path) for one in NOT_ABOUT_ANYBODY):
        return False
    return not page.select_one('.purpose a[href="/privacy"]')


def _takes_words(box):
    if box.get("type", "text") not in ("text", "search") or box.get("name") in NO_WORDS:
        return False
    return box.get("name") in REASONS or int(box.get("maxlength") or 0) > TITLE


def _structure(page):
    headings = page.find_all("h1")
    if len(headings) != 1:
        yield f"one h1 is wanted, here are {len(headings)}"
        return
    title, first = page.title.get_text(" ", strip=True), headings[0].get_text(" ", strip=True)
    if not _squeeze(title).removeprefix("Error: ").startswith(_squeeze(first)):
        yield f"the title {title!r} starts otherwise than the h1 {first!r}"
    if page.html.get("lang") != "en-GB":
        yield "the language is not said"
    if page.find("main") is None:
        yield "there is no main"
    level = 1
    for heading in page.find_all(re.compile("^h[1-6]$")):
        if int(heading.name[1]) > level + 1:
            yield f"{heading.name} {heading.get_text(strip=True)!r} skips a level"
        level = int(heading.name[1])
    for form in page.find_all("form"):
        if form.find_parent("form"):
            yield "a form lies inside a form"
    for table in page.find_all("table"):
        if not table.find("th"):
            yield "a table has no headings"


def _labels(page):
    for control in page.find_all(CONTROLS):
        if control.get("type") in ("hidden", "submit", "button"):
            continue
        named = (
            control.get("aria-label")
            or control.get("aria-labelledby")
            or page.find("label", attrs={"for": control.get("id")})
            or control.find_parent("label")
        )
        if not named:
            yield f"no label: {str(control)[:120]}"
    for pressed in page.find_all(["button", "a"]):
        if not pressed.get_text(strip=True, types=TEXT) and not pressed.get("aria-label"):
            yield f"nothing to read on: {str(pressed)[:120]}"
    for picture in page.find_all("img"):
        if picture.get("alt") is None:
            yield f"no alt: {str(picture)[:120]}"


def _ids(page):
    ids = [tag["id"] for tag in page.find_all(id=True)]
    for one in {i for i in ids if ids.count(i) > 1}:
        yield f"id {one!r} stands {ids.count(one)} times"
    for tag in page.find_all(True):
        for name in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
            for one in (tag.get(name) or "").split():
                if one not in ids:
                    yield f"{name}={one!r} points to nothing"
        target = tag.get("href", "") if tag.name == "a" else ""
        if target.startswith("#") and len(target) > 1 and target[1:] not in ids:
            yield f"the link {target} points to nothing"
        if tag.name == "a" and target in ("", "#"):
            yield f"a link leads nowhere: {str(tag)[:120]}"


def _policy(page):
    for tag in page.find_all(True):
        for name in tag.attrs:
            if name == "style" or name.startswith("on") or name.startswith("hx-on"):
                yield f"{name} is against the policy: {str(tag)[:120]}"
        if tag.name == "style" or (tag.name == "script" and not tag.get("src")):
            yield f"inline {tag.name} is against the policy"
    # a value that is not there, shown as Python would; somebody's own words may well begin with None
    bare = [t for t in page.body.find_all(string=re.compile(r"^\s*None\s*$|[,:] None\b"))]
    if bare or page.find(attrs={"value": "None"}):
        yield "the value None is on the page"


def _squeeze(text):
    return re.sub(r"\s+", " ", text)
