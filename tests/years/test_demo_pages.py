"""Every page that people of the demo can reach by its links answers, and is a sound page."""

import json
import re
import shutil
from collections import deque
from html import unescape

import pytest

from workgroup import store
from workgroup.people import queries as people
from workgroup.years import demo

MOST = 250  # pages for one person
# ends a sign-in, or gives a file
NOT_FOLLOWED = re.compile(r"^/(static|sign-out|hub/exports/.)")


@pytest.fixture(scope="module")
def filled(made_once, tmp_path_factory):
    """A database with the demo year, filled once."""
    path = tmp_path_factory.mktemp("demo") / "demo.sqlite"
    shutil.copyfile(made_once.new, path)
    db = store.connect(path)
    # "None on site" is a school's own word for its parking; here the word must mean a fault
    year = json.loads(demo.WORDS.read_text(encoding="utf-8").replace("None", "Nothing"))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(demo, "words", lambda: year)
        demo.fill(db)
    yield db
    db.conn.close()


@pytest.mark.parametrize(
    "email",
    [f"{who}@example.org" for who in ("helen.garrowby", "callum.dace", "bethan.oyelaran", "nadine.fairclough")],
)
def test_every_link_of_the_demo_leads_to_a_sound_page(db, filled, sign_in, email):
    filled.conn.backup(db.conn)
    client = sign_in(people.by_email(db, email)["id"])
    todo, seen, wrong = deque(["/"]), {"/"}, []
    while todo and len(seen) < MOST:
        path = todo.popleft()
        try:
            answer = client.get(path)
        except AssertionError as unsound:  # from tests/page_checks.py; told at the end, with the others
            wrong.append(str(unsound))
            continue
        if answer.status_code not in (200, 303):
            wrong.append((path, answer.status_code))
        if answer.mimetype != "text/html":
            continue
        for found in re.findall(r'<a [^>]*href="(/[^"#]*)', answer.get_data(as_text=True)):
            link = unescape(found)
            if link not in seen and not NOT_FOLLOWED.match(link):
                seen.add(link)
                todo.append(link)
    assert not wrong, "\n".join(map(str, wrong))
    assert len(seen) > 3
