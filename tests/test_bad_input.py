"""Anything may arrive: every kind and every address answers it in words, with nothing half written."""

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import world
from workgroup import clock, config, create_app, door, store, web
from workgroup.people import post

door.open_up()
MANY = 400 if os.environ.get("WORKGROUP_STRESS") else 8
AWKWARD = [
    "", " ", "<script>alert(1)</script>", "=cmd|' /C calc'!A0", "x" * 20_000, "-1", "0", "99999999999", "1e9",
    "NaN",
    "25/12/2026", "2026-13-45", "2026-12-25", "24:61", "09:00", "12:34", "a@b", "a@example.org", "null", "\x00",
    "\ud800",
    "' or 1=1 --", "../../etc/passwd", "😀" * 50, "11111111-1111-4111-8111-111111111111", "planned", "present", "me",
    "y",
    "[]", "{}", '[{"name": 5}]', "2026/27", "2027-03-09T14:05:00.000Z",
]  # fmt: skip


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """One app and one world for the whole module: what one case leaves behind is part of the next one's mess."""
    made = config.Config(database=tmp_path_factory.mktemp("mess") / "hub.sqlite")
    app = create_app(made)
    app.testing = False
    db = store.connect(made.database)
    yield app, db, world.build(db)
    db.conn.close()
    web.forget_connections()


def _value(w):
    ids = [v for v in vars(w).values() if isinstance(v, str)]
    one = st.one_of(st.sampled_from(AWKWARD), st.sampled_from(ids), st.text(max_size=40), st.integers(), st.booleans())
    return st.one_of(one, st.none(), st.lists(one, max_size=4))


@pytest.mark.parametrize("kind", sorted(door.KINDS))
def test_no_kind_breaks_whatever_its_fields_hold(house, kind):
    _app, db, w = house
    names = list(door.KINDS[kind].form()._fields)
    people = [w.leader, w.participant, w.hub_lead, None]

    @settings(max_examples=MANY, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.fixed_dictionaries({name: _value(w) for name in names}), st.sampled_from(people))
    def try_it(fields, by):
        before = store.value(db, "select count(*) from ledger")
        outcome = door.submit(db, kind, fields, post.new_id(), by)
        entered = outcome.standing == "entered"
        assert outcome.standing in ("entered", "refused", "waiting", "stale")
        assert entered or outcome.errors
        assert store.value(db, "select count(*) from ledger") == before + entered

    try_it()


def test_no_address_breaks_whatever_is_posted_to_it_or_asked_of_it(house):
    app, db, w = house
    client = app.test_client()
    token = post.new_token()
    assert door.submit(db, "people.sign_in", {"person": w.leader, "token": token}, post.new_id(), w.leader).stands
    client.set_cookie("workgroup", token)
    left_out = ("static_files", "people.sign_out", "locking.lock")  # the sign-in would be over, or locked
    rules = [r for r in app.url_map.iter_rules() if r.endpoint not in left_out]
    names = sorted({n for k in door.KINDS.values() for n in k.form()._fields})
    ids = [v for v in vars(w).values() if isinstance(v, str)]

    @settings(max_examples=MANY * 12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.sampled_from(rules), st.sampled_from(["GET", "POST"]), st.sampled_from([*ids, "x", "..", clock.today()]),
        st.dictionaries(st.sampled_from(names), st.sampled_from(AWKWARD), max_size=12),
    )  # fmt: skip
    def try_it(rule, method, id, fields):
        with app.test_request_context():
            address = rule.rule
            for argument in rule.arguments:
                address = _filled(address, argument, id)
        fields = {k: v.encode("utf-8", "replace").decode() for k, v in fields.items()}
        sent = {"query_string": fields} if method == "GET" else {"data": fields}
        answer = client.open(address, method=method, headers={"Sec-Fetch-Site": "same-origin"}, **sent)
        assert answer.status_code < 500, (method, address, fields)

    try_it()


def _filled(address, argument, value):
    starts = (i for i, letter in enumerate(address) if letter == "<")
    start = next(i for i in starts if argument in address[i : address.find(">", i)])
    return address[:start] + value + address[address.find(">", start) + 1 :]
