"""Addresses, query strings and bodies in parts as no browser makes them: an answer in words to each."""

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hardening.answers import check
from tests.hardening.house import House
from tests.hardening.values import AWKWARD, TEXT, tries
from workgroup import clock
from workgroup.web import fresh_id

SAME = {"Sec-Fetch-Site": "same-origin"}
NAMES = ["q", "then", "kind", "year", "leader", "half_term", "as_at", "group", "format", "after", "by", "tag", "phase",
         "code", "who", "page", "step", "nudge", "block", "kept", "again", "aspect", "strand", "show", "first",
         "school",
         "state", "from", "to", "x"]  # fmt: skip
ESCAPED = ["%", "%zz", "%00", "%c0%af", "%ff", "%2e%2e%2f", "%0d%0aX:1", "+", "&&&&", "=", "a[]=b", "a=1&a=2&a=3",
           ";", "#"]


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    made = House(tmp_path_factory.mktemp("addresses")).live_in()
    made.people = [made.client(who) for who in ("leader", "hub_lead", "participant", None)]
    yield made
    made.close()


def _spelt(text):
    return quote(text.encode("utf-8", "replace").decode(), safe="")


def test_every_address_takes_any_argument_and_any_query(house):
    rules = sorted((r for r in house.app.url_map.iter_rules() if "GET" in r.methods), key=lambda r: r.rule)
    ids = [*house.ids(), house.w.leader, clock.today(), "2026-27", "attendance", "withdraw"]
    some = st.one_of(st.sampled_from(ids), st.sampled_from(ids), TEXT.map(lambda t: t or "x"))
    broken = []
    for rule in rules:
        broken += _broken(house, rule, some)
    assert broken == []
    assert house.wrong() == []


def _broken(house, rule, some):
    @tries(3, 120)
    @given(st.data())
    def try_it(data):
        address = rule.rule
        for name in rule.arguments:
            value = _spelt(data.draw(some))[:3000]
            address = address.replace(f"<{name}>", value).replace(f"<path:{name}>", value)
        asked = data.draw(st.dictionaries(st.sampled_from(NAMES), TEXT, max_size=4))
        query = "&".join([f"{n}={_spelt(v)[:3000]}" for n, v in asked.items()])
        query += data.draw(st.sampled_from(["", "", *ESCAPED]))
        method = data.draw(st.sampled_from(["GET", "GET", "HEAD", "OPTIONS"]))
        more = data.draw(st.sampled_from([{}, {"HX-Request": "true"}, {"Workgroup-Pack": "1"}, {"Range": "bytes=9-1,x"},
                                          {"Accept": "application/json"}, {"If-None-Match": '"\x7f'}]))  # fmt: skip
        answer = data.draw(st.sampled_from(house.people)).open(f"{address}?{query}", method=method, headers=more)
        check(answer, (method, address, query, more))
        answer.close()

    before = house.ledger()
    try:
        try_it()
    except Exception as wrong:
        return [f"{rule.rule}: {wrong!r}"[:900]]
    return [] if house.ledger() == before else [f"{rule.rule} entered something on being read"]


def test_what_is_not_there_is_there_for_nobody(house):
    """Whoever may see everything of a kind sees no page of one that is not there, and changes nothing of it."""
    found = []
    for rule in house.app.url_map.iter_rules():
        if not rule.arguments or rule.arguments & {"token", "code", "build", "seal", "piece"}:
            continue
        address = rule.rule
        for name in rule.arguments:
            value = {"year": "2026-27", "deed": "withdraw", "kind": "attendance", "state": "live"}.get(name, fresh_id())
            address = address.replace(f"<{name}>", value)
        for client in house.people[:2]:
            for method in rule.methods & {"GET", "POST"}:
                answer = client.open(address, method=method, headers=SAME)
                if answer.status_code not in ((404, 410) if method == "GET" else range(400, 500)):
                    found.append((rule.rule, method, answer.status_code))
                answer.close()
    # of the hub itself, no one thing among many: a year, the columns of an export
    without = {"/days/<year>", "/days/<year>/new", "/hub/days/<year>", "/hub/grants/<year>", "/half-terms/<year>",
               "/days/<year>/decline", "/days/<year>/take", "/hub/exports/<kind>", "/sync/photos/<id>"}  # fmt: skip
    left = sorted(f for f in found if f[0] not in without)
    assert not left, "\n".join(map(str, left))


PARTS = [
    b"", b"--", b"--b", b"--b--", b"--b\r\n", b"--b\r\n\r\n", b"--b\r\n\r\nx\r\n--b--\r\n",
    b"--c\r\n\r\nx\r\n--c--\r\n",
    b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nURN', b"\r\n" * 400, b"-" * 3000,
    b'--b\r\nContent-Disposition: form-data; name="\x00"; filename="../../x"\r\n\r\nx\r\n--b--\r\n',
    b'--b\r\nContent-Disposition: form-data; name="file"; filename*=utf-8\'\'%ff%00.csv\r\n\r\nx\r\n--b--\r\n',
    b'--b\r\nContent-Disposition: form-data; name="name"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!\r\n--b--\r\n',
    b'--b\r\nContent-Disposition: form-data; name="name"\r\nContent-Type: text/plain; charset=u-9\r\n\r\n\xff\r\n--b--',
    b"--b\r\nX: " + b"y" * 9000 + b"\r\n\r\n\r\n--b--\r\n", b"--b\r\nContent-Disposition\r\n\r\nx\r\n--b--\r\n",
    b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n' * 1500 + b"--b--\r\n",
]  # fmt: skip
TYPES = [
    "multipart/form-data; boundary=b", "multipart/form-data", "multipart/form-data; boundary=",
    "multipart/mixed; boundary=b",
    "multipart/form-data; boundary=" + "z" * 300, 'multipart/form-data; boundary="b',
    "application/x-www-form-urlencoded",
    "application/json", "text/html", "", "multipart/form-data; boundary=\xe9",
    "application/x-www-form-urlencoded; charset=x",
]  # fmt: skip


# a file that breaks off is let go by Werkzeug without being closed first
@pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile", "ignore:Unclosed file")
def test_a_body_in_torn_parts_is_answered_in_words(house):
    group, client = house.w.group, house.people[0]
    session = house.said["sessions.add_material"].fields["session"]
    places = [f"/groups/{group}/participants", f"/sessions/{session}/materials", "/account", "/sign-in"]

    @tries(60, 5000)
    @given(st.sampled_from(places), st.sampled_from(TYPES), st.one_of(st.sampled_from(PARTS), st.binary(max_size=80)))
    def try_it(place, kind, body):
        before = house.rows()
        answer = client.post(place, data=body, content_type=kind, headers=SAME)
        check(answer, (place, kind, body[:300]))
        if answer.status_code >= 400:
            assert house.rows() == before

    try_it()
    for body in PARTS:
        for kind in TYPES[:2]:
            check(client.post(places[0], data=body, content_type=kind, headers=SAME), (kind, body[:200]))
    assert house.wrong() == []


def test_a_body_shorter_or_longer_than_it_says_is_answered_in_words(house):
    client = house.people[0]
    for length in ("0", "1", "99999", "-1", "x", "99999999999999999999", "1.5", "+5", ""):
        for kind in TYPES[:1] + TYPES[6:8]:
            for place in ("/account", "/sync", f"/groups/{house.w.group}/participants"):
                said = {**SAME, "Content-Length": length}
                answer = client.post(place, data=b"name=N", content_type=kind, headers=said)
                check(answer, (place, kind, length))


def test_awkward_words_are_found_by_nobody(house):
    for words in AWKWARD:
        for place in ("/search", "/schools"):
            check(house.people[0].get(f"{place}?q={_spelt(words)[:3000]}"), (place, words[:50]))
