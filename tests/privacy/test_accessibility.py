"""The accessibility statement: open to all, linked everywhere, true to the tests it tells of; it says whom to tell."""

import json
import re
from pathlib import Path

from tests.world import do
from workgroup import store
from workgroup.privacy import accessibility

ROOT = Path(__file__).parents[2]


def _text(client):
    return client.get("/accessibility").get_data(as_text=True)


def test_anybody_reads_it_and_every_page_leads_there(world_of, sign_in, app):
    w = world_of
    for who in (None, w.participant, w.administrator):
        client = sign_in(who)
        assert "WCAG) 2.2, level AA" in _text(client)
        for address in ("/sign-in" if who is None else "/account", "/privacy"):
            assert 'href="/accessibility"' in client.get(address).get_data(as_text=True), address
    assert _text(sign_in(None)).count("has not been tried on real iPads") == 1


def test_a_new_hub_has_it_before_it_is_set_up(app):
    assert app.test_client().get("/accessibility").status_code == 200


def test_it_says_how_the_hub_is_reached_and_without_that_whom_to_tell(db, world_of, sign_in):
    assert "whoever invited you. They pass it on to the hub, Test Hub." in _text(sign_in(None))
    version = store.value(db, "select version from hub")
    do(db, "people.edit_hub", world_of.administrator, name="Test Hub", seen=str(version),
       contact="office@example.org\n<b>Mornings</b>")  # fmt: skip
    page = _text(sign_in(None))
    assert "office@example.org<br>&lt;b&gt;Mornings" in page and "whoever invited you" not in page
    assert "office@example.org" in sign_in(world_of.hub_lead).get("/hub/settings").get_data(as_text=True)


def test_every_test_that_it_tells_of_is_there_and_the_tool_is_the_one_that_is_used():
    assert [where for _, where in accessibility.TRIED if not (ROOT / where).exists()] == []
    used = json.loads((ROOT / "package.json").read_text())
    version = next(v for deps in used.values() if isinstance(deps, dict) for k, v in deps.items() if k == "axe-core")
    assert re.match(rf"\^?{re.escape(accessibility.AXE)}(\.|$)", version)
