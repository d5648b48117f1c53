"""Every form of the demo year sent empty, or wrong: the pages that answer, and what they must be.

The forms are sent to a copy of the record; one that goes in after all is undone with the copy.
"""

import re

from bs4 import BeautifulSoup

from tests.browser.everybody import Page
from workgroup import config, store, web

REFUSED = (409, 422)
# what would take away the very person who sends the other forms
LEFT_OUT = re.compile(r"^/(sign-out|lock|unlock|account/tablets/.*|people/<id>/erase|sign-in/.*)$")


def refusals(demo, pages):
    """Return the first refusal of each address that a form on these pages is sent to."""
    copy, found = demo.database.with_name("refusing.sqlite"), {}
    demo.app.config["WORKGROUP"] = config.Config(database=copy)
    tried = set()
    _renew(demo, copy)
    for page in pages:
        for form in BeautifulSoup(page.text, "html.parser").find_all("form", method="post"):
            address = form.get("action") or page.address
            route = demo.route(address, "POST")
            if route in found or (route, page.who.name) in tried or LEFT_OUT.match(route or ""):
                continue
            tried.add((route, page.who.name))
            if refused := _refused(demo, copy, page, route, address, form):
                found[route] = refused
    demo.app.config["WORKGROUP"] = config.Config(database=demo.database)
    return [found[route] for route in sorted(found)]


def _refused(demo, copy, page, route, address, form):
    client = demo.client(page.who)
    for words in ("", "x" * 5000):
        answer = client.post(address, data=_filled(form, words), headers={"Sec-Fetch-Site": "same-origin"})
        assert answer.status_code < 500, f"{page.who.name}: {address}: {answer.status_code}"
        if answer.status_code in REFUSED and answer.mimetype == "text/html":
            return Page(route, page.who, address, answer.status_code, answer.get_data(as_text=True))
        if answer.status_code < 400:
            _renew(demo, copy)
    return None


def _renew(demo, copy):
    other = store.connect(copy)
    demo.db.conn.backup(other.conn)
    other.conn.close()
    web.forget_connections()


def _filled(form, words):
    """Return what is sent: hidden fields as they are, everything else empty or too long, and the first button."""
    sent = {}
    for field in form.find_all(["input", "select", "textarea", "button"]):
        name, kind = field.get("name"), field.get("type", "text")
        if not name or kind in ("checkbox", "radio", "file") or (field.name == "button" and name in sent):
            continue
        kept = field.get("value", "") if kind == "hidden" or field.name == "button" else words
        sent.setdefault(name, kept)
    return sent


def complaints(page):
    """Return what a page that refuses a form lacks: a title that says so, a summary, fields that say what is wrong."""
    html = BeautifulSoup(page.text, "html.parser")
    if not html.title.get_text(strip=True).startswith("Error: "):
        yield f"the title is {html.title.get_text(strip=True)!r}"
    summary = html.find(attrs={"data-focus": True})
    if summary is None or summary.get("tabindex") != "-1":
        yield "nothing takes the focus"
        return
    for link in summary.find_all("a", href=re.compile("^#")):
        aim = html.find(id=link["href"][1:])
        if aim is None or (aim.name not in ("input", "select", "textarea") and "tabindex" not in aim.attrs):
            yield f"{link['href']} of the summary leads to nothing that takes the focus"
    for error in html.find_all(class_="error", id=True):
        if error.get_text(strip=True) and "hidden" not in error.attrs:
            yield from _field_of(html, error)


def _field_of(html, error):
    described = html.find_all(attrs={"aria-describedby": re.compile(rf"(^|\s){re.escape(error['id'])}(\s|$)")})
    if not described:
        yield f"no field is described by {error['id']}: {error.get_text(strip=True)}"
    for one in described:
        is_group = one.name == "fieldset" and one.get("role") != "radiogroup"  # of ticks: a group cannot be invalid
        if not is_group and one.get("aria-invalid") != "true":
            yield f"{one.get('id') or one.name} is not said to be invalid: {error.get_text(strip=True)}"
