"""Whatever arrives at /sync is answered in words with our header; nothing of it is half entered."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hardening.answers import check
from tests.hardening.house import House
from tests.hardening.values import AWKWARD, JSON, TEXT, tries
from workgroup import clock, door
from workgroup.people import post
from workgroup.tablet import views

SAME = {"Sec-Fetch-Site": "same-origin"}
DEEP = [b"[" * 200_000, b'{"a":' * 150_000 + b"1" + b"}" * 150_000,
        b'{"tablet": ' + b"[" * 90_000 + b"]" * 90_000 + b"}"]
BYTES = [
    b"", b"null", b"[]", b"{", b'"\\ud800"', b"\xff\xfe{\x00}\x00", b"\xef\xbb\xbf{}", b"{}\x00", b"1" * 5_000,
    b"1e400",
    b"-" + b"9" * 4_000, b"NaN", b'{"entries": NaN}', b'{"tablet": 1, "tablet": 2}', b"a=b&c=d", b"\x80" * 100,
]  # fmt: skip


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    made = House(tmp_path_factory.mktemp("sync")).live_in()
    made.leader = made.client("leader")
    made.kinds = sorted(k for k in made.said if door.KINDS[k].capture)
    yield made
    made.close()


@pytest.fixture(autouse=True)
def unhurried(monkeypatch):
    monkeypatch.setattr(views, "MOST_A_MINUTE", 10**9)


def _send(house, body, address="/sync", **more):
    before = house.ledger()
    answer = house.leader.post(address, data=body, headers=SAME, **more)
    check(answer, body[:500])
    assert answer.headers["Workgroup-Receipt"] == "1"
    assert answer.status_code in (200, 413, 422), answer.status_code
    told = json.loads(answer.get_data())
    entered = sum(s["standing"] == "entered" for s in told.get("standings", []))
    assert house.ledger() == before + entered
    if answer.status_code != 200:
        assert told["error"].endswith(".") and "receipt" not in told
    return answer, told


@pytest.mark.parametrize("address", ["/sync", "/sync/check"])
def test_bytes_that_are_no_batch_are_answered_in_words(house, address):
    for body in (*BYTES, *DEEP):
        assert _send(house, body, address)[0].status_code == 422, body[:60]

    @tries(40, 3000)
    @given(st.one_of(st.binary(max_size=200), JSON.map(lambda j: json.dumps(j).encode())))
    def try_it(body):
        _send(house, body, address)

    try_it()


def _entry(draw, house):
    """Return an entry that is right but for one thing or two, or is as anybody may write one."""
    kind = draw(st.sampled_from(house.kinds))
    said = house.said[kind]
    fields = {k: v for k, v in said.fields.items() if isinstance(v, str | int | float | list)}
    entry = {"id": post.new_id(), "kind": kind, "by": house.w.leader, "at": clock.now(), "seq": 1, "boot": "b",
             "ticks": 5.0, "fields": fields}  # fmt: skip
    for part in draw(st.lists(st.sampled_from([*entry, "skew", "tablet", "more"]), max_size=2)):
        entry[part] = draw(JSON)
    if isinstance(entry["fields"], dict):
        names = [*entry["fields"], "words", "rows-0-x", "answers-0-words", "\ud800"]
        for name in draw(st.lists(st.sampled_from(names), max_size=3)):
            entry["fields"][name] = draw(JSON)
    return entry


def test_a_batch_that_is_right_outside_and_wrong_inside_refuses_entry_by_entry(house):
    @tries(120, 6000)
    @given(st.data())
    def try_it(data):
        entries = [_entry(data.draw, house) for _ in range(data.draw(st.integers(1, 4)))]
        if data.draw(st.booleans()):
            entries.append(dict(entries[0]))  # said twice in one breath
        more = data.draw(st.dictionaries(st.sampled_from(["sent", "boot", "ticks", "seq"]), JSON, max_size=3))
        answer, told = _send(house, json.dumps({"tablet": post.new_id(), **more, "entries": entries}).encode())
        if answer.status_code == 200:
            assert [s["id"] for s in told["standings"]] == [e["id"] for e in entries]
            assert all(s["errors"] for s in told["standings"] if s["standing"] == "refused")

    try_it()
    assert house.wrong() == []


def test_photos_in_pieces_take_any_name_and_number(house):
    addresses = ["/sync/photos/{}/{}", "/sync/photos/{}", "/sync/seals/{}"]

    @tries(40, 3000)
    @given(st.sampled_from(addresses), st.sampled_from([*house.ids()[:40], *AWKWARD]), TEXT, st.binary(max_size=99))
    def try_it(address, id, piece, body):
        address = address.format(*(part.encode("utf-8", "replace").decode().replace("/", "") for part in (id, piece)))
        method = "PUT" if address.count("/") == 4 else "GET"
        answer = house.leader.open(address[:2000], method=method, data=body, headers=SAME)
        check(answer, address)

    try_it()
