"""Every form of the app, as its pages draw it, filled with anything: an answer in words, and nothing half entered."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hardening.answers import check
from tests.hardening.house import House, every_form
from tests.hardening.values import AWKWARD, TEXT, tries
from workgroup import door

# what they do is tried elsewhere: the sign-in would be over, or locked
LEFT_OUT = ("people.sign_out", "locking.lock", "tablet.sync", "tablet.check", "people.sign_tablet_out",
            "erasing.sign_out")  # fmt: skip


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    made = House(tmp_path_factory.mktemp("forms")).live_in()
    yield made
    made.close()


def _filled(draw, fields, ids, names):
    """Return fields as somebody might send them: mostly the form's own, some awkward, some left out, some twice."""
    sent = []
    for name, values in fields.items():
        how = draw(st.sampled_from(["own", "own", "own", "awkward", "id", "twice", "none"]))
        own = draw(st.sampled_from(values or [""]))
        if how == "none":
            continue
        given_ = {"awkward": draw(TEXT), "id": draw(st.sampled_from(ids))}.get(how, own)
        sent += [(name, given_)] + ([(name, draw(TEXT))] if how == "twice" else [])
    for name in draw(st.lists(st.sampled_from(names), max_size=3)):
        sent.append((name, draw(TEXT)))
    return [(n.encode(errors="replace").decode(), v.encode(errors="replace").decode()) for n, v in sent]


def test_every_form_takes_anything_and_answers_in_words(house):
    forms = every_form(house)
    posts = {r.endpoint for r in house.app.url_map.iter_rules() if "POST" in r.methods}
    assert posts == set(forms), "every form route has an address to post to"
    names = sorted({n for k in door.KINDS.values() for n in k.form()._fields})
    names += ["answers-0-words", "rows-9999-x", "rows-99999999999999999999-x", "change_id", "then", "seen", "",
              "a\x00b"]
    ids = house.ids()
    broken = []

    for endpoint in sorted(set(forms) - set(LEFT_OUT)):
        client, address, fields = forms[endpoint]

        def send(sent, client=client, address=address):
            return client.post(address, data=_as_dict(sent), headers={"Sec-Fetch-Site": "same-origin"})

        own = [(n, v) for n, values in fields.items() if n != "change_id" for v in values[:1]]
        broken += _broken(house, endpoint, send, [[], own, own], lambda d, f=fields: _filled(d, f, ids, names))
    assert broken == []
    assert house.wrong() == []


def _broken(house, endpoint, send, first, fill):
    """Send a form empty, as it stands, the same again (most are refused then), and filled; return what breaks."""

    def try_it(sent):
        before, answer = house.rows(), send(sent)
        check(answer, (answer.request.path, sent))
        if answer.status_code >= 400:
            assert house.rows() == before, ("half entered", answer.request.path, sent)
        elif answer.location:
            assert not urlsplit(answer.location).netloc, answer.location

    @tries(2, 200)
    @given(st.data())
    def try_filled(data):
        try_it(fill(data.draw))

    try:
        for sent in first:
            try_it(sent)
        try_filled()
    except Exception as wrong:
        return [f"{endpoint}: {wrong!r}"[:1500]]
    return []


def _as_dict(pairs):
    found = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def test_an_awkward_word_is_awkward():
    assert len(set(AWKWARD)) == len(AWKWARD)
