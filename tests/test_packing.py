"""Answers are packed where that helps and harms nobody: pages and static files, never what says something back."""

import gzip
import re

from tests.lessons.examples import in_discussion
from workgroup import places

SAID_FOR_PEOPLE = re.compile(rb"^ +|/\*.*?\*/\n?", re.M | re.S)  # the comments of a style sheet, and how it is set in
TAKES = {"Accept-Encoding": "gzip, deflate, br"}


def _house_css(client):
    page = client.get("/set-up").get_data(as_text=True)
    return re.findall(r'href="(/static/[0-9a-f]{12}/css/house.css)"', page)[0]


def test_a_page_is_packed_when_the_browser_takes_that_and_says_the_same(world_of, sign_in):
    client = sign_in(world_of.leader)
    plain = client.get("/account")
    packed = client.get("/account", headers=TAKES)
    assert "Content-Encoding" not in plain.headers and packed.headers["Content-Encoding"] == "gzip"
    once = re.compile(rb'value="[0-9a-f-]{36}"|data-now="[^"]+"')  # new in each page: ids of forms, its moment
    assert once.sub(b"", gzip.decompress(packed.data)) == once.sub(b"", plain.data)
    assert packed.content_length == len(packed.data) < len(plain.data) / 2
    for answer in (plain, packed):
        assert "Accept-Encoding" in answer.vary and answer.headers["Cache-Control"] == "no-store"


def test_who_refuses_gzip_gets_none(world_of, sign_in):
    client = sign_in(world_of.leader)
    for refusal in ({}, {"Accept-Encoding": "identity"}, {"Accept-Encoding": "gzip;q=0, br"}):
        assert "Content-Encoding" not in client.get("/account", headers=refusal).headers


def test_what_may_say_an_address_or_a_form_back_is_never_packed(world_of, sign_in):
    client = sign_in(world_of.leader)
    with_query = client.get("/account?then=guess", headers={**TAKES, "Sec-Fetch-Site": "cross-site"})
    refused_form = client.post("/account", data={"name": ""}, headers=TAKES)
    assert (with_query.status_code, refused_form.status_code) == (200, 422)
    for answer in (with_query, refused_form):
        assert len(answer.data) > 1024 and "Content-Encoding" not in answer.headers


def test_a_page_with_a_query_is_packed_only_when_no_page_elsewhere_can_have_chosen_it(world_of, sign_in):
    client = sign_in(world_of.leader)
    for site, more, is_packed in (
        ("same-origin", {}, True), ("none", {}, True), ("", {}, False), ("same-site", {}, False),
        ("same-origin", {"Workgroup-Opened": "1"}, False), ("same-origin", {"HX-Request": "true"}, False),
    ):  # fmt: skip
        asked = {**TAKES, "Sec-Fetch-Site": site, **more}
        assert ("Content-Encoding" in client.get("/search?q=bar", headers=asked).headers) == is_packed, (site, more)


def test_the_length_of_a_packed_page_is_blurred(world_of, sign_in):
    client = sign_in(None)
    lengths = {client.get("/sign-in", headers=TAKES).content_length for _ in range(12)}
    assert len(lengths) > 1


def test_answers_of_the_wire_are_not_packed(world_of, sign_in):
    answer = sign_in(world_of.leader).get("/sync/hello", headers=TAKES)
    assert answer.status_code == 200 and "Content-Encoding" not in answer.headers


def test_a_packed_part_that_has_not_changed_costs_an_empty_304(db, world_of, sign_in):
    client = sign_in(world_of.leader)
    address = f"/lessons/{in_discussion(db, world_of)}/timeline"
    asks = {**TAKES, "HX-Request": "true"}
    first = client.get(address, headers=asks)
    assert first.headers["Content-Encoding"] == "gzip" and first.headers["ETag"].startswith("W/")
    again = client.get(address, headers={**asks, "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"") and "Content-Encoding" not in again.headers


def test_a_static_file_is_packed_with_an_etag_of_its_own_and_kept_as_long(app):
    client = app.test_client()
    address = _house_css(client)
    plain, packed = client.get(address), client.get(address, headers=TAKES)
    assert gzip.decompress(packed.data) == SAID_FOR_PEOPLE.sub(b"", plain.data)
    assert len(packed.data) < len(plain.data) / 2
    assert packed.mimetype == "text/css" and packed.content_length == len(packed.data)
    assert packed.headers["ETag"] != plain.headers["ETag"]
    for answer in (plain, packed):
        assert "Accept-Encoding" in answer.vary and "immutable" in answer.headers["Cache-Control"]
    again = client.get(address, headers={**TAKES, "If-None-Match": packed.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_part_of_a_static_file_is_never_a_packed_one(app):
    client = app.test_client()
    address = _house_css(client)
    part = client.get(address, headers={**TAKES, "Range": "bytes=0-9"})
    assert part.status_code == 206 and part.data == client.get(address).data[:10]
    assert "Content-Encoding" not in part.headers


def test_the_head_of_a_packed_file_weighs_little(app):
    client = app.test_client()
    head = client.get(_house_css(client), headers=TAKES).headers
    assert head["X-Content-Type-Options"] == "nosniff"
    assert sum(len(name) + len(value) + 4 for name, value in head) < 290


def test_a_packed_module_goes_without_its_comments_and_with_every_line_in_its_place(app):
    client = app.test_client()
    address = _house_css(client).replace("css/house.css", "js/outbox.js")
    plain = client.get(address).get_data(as_text=True).splitlines()
    packed = gzip.decompress(client.get(address, headers=TAKES).data).decode().splitlines()
    set_in = [(one.strip(), other) for one, other in zip(plain, packed, strict=True)]
    changed = [(one, other) for one, other in set_in if one != other]
    assert changed and all(one.startswith("//") and other == "" for one, other in changed)


def test_no_text_of_a_module_goes_over_two_lines_where_leaving_out_would_change_it():
    for path in (places.STATIC / "js").glob("*.js"):
        assert all(line.count("`") % 2 == 0 for line in path.read_text().splitlines()), path.name
