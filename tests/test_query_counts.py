"""How many statements a page asks does not grow with what is on it: schools, years, Work Groups, moments, words."""

import pytest

from benchmarks import p3_pages
from workgroup import store, web
from workgroup.years import populating

HUB = {
    "Today": "/", "the hub": "/hub", "its overview": "/hub/overview", "its exports": "/hub/exports",
    "days of everybody": "/hub/days/{year}", "Work Groups": "/groups", "people": "/people",
    "what was done": "/activity", "evaluations": "/evaluations", "a Work Group": "/groups/{group}",
    "a school": "/schools/{school}",
}  # fmt: skip
ROLES = {"leader": p3_pages.LEADER, "teacher": p3_pages.TEACHER, "hub lead": HUB}
PAGES = [(role, what, path) for role, pages in ROLES.items() for what, path in pages.items()]
SPARE = 2  # a part of a page that is not there when it is empty asks its own
VERSION = {"its overview": 5}  # each strand's version of the framework is read once


def _hub(place, schools, groups, years):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(populating, "SCHOOLS", schools)
        hub = p3_pages.a_hub(place / f"{schools}.sqlite", groups, years)
    hub.ids["year"] = populating.clock.academic_year(populating.clock.today()).replace("/", "-")
    lead = store.value(hub.db, "select person from hub_role")
    hub.clients["hub lead"] = p3_pages._client(hub.app, hub.db, lead)
    return hub


@pytest.fixture(scope="module")
def hubs(tmp_path_factory):
    """A hub of two schools and a year, and one of three Work Groups of seven schools and two years."""
    place = tmp_path_factory.mktemp("hubs")
    few, many = _hub(place, 2, 1, 1), _hub(place, 7, 3, 2)
    yield few, many
    for hub in (few, many):
        hub.db.conn.close()
    web.forget_connections()


def _asked(hub, role, path):
    """Return the statements of a page, asked for a second time."""
    path, said = path.format(**hub.ids), []
    assert hub.clients[role].get(path).status_code == 200, path
    with hub.app.app_context():
        conn = web.database().conn
    conn.set_trace_callback(said.append)
    hub.clients[role].get(path)
    conn.set_trace_callback(None)
    return said


@pytest.mark.parametrize(("role", "what", "path"), PAGES)
def test_a_page_asks_no_more_when_there_is_more_on_it(hubs, role, what, path):
    few, many = (_asked(hub, role, path) for hub in hubs)
    assert few, "nothing was heard"
    starts = [s[:120] for s in many]
    often = sorted(((starts.count(s), s) for s in set(starts)), reverse=True)[:3]
    most = len(few) + SPARE + VERSION.get(what, 0)
    assert len(many) <= most, f"{what}: {len(few)} became {len(many)}, such as {often}"
