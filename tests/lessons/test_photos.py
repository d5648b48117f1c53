"""Photos of the board or of work: where they are allowed, who sees them, how they go, what may be in one."""

import pytest

from tests.lessons.examples import a_lesson, a_live_lesson, a_noticing, a_photo, a_whole_photo
from tests.lessons.test_visibility import NOBODY, SEEN_BY, WHO
from tests.pictures import GPS, allow_photos, fields_of, jpeg, segment
from tests.world import do
from workgroup import door, store
from workgroup.lessons import photo_queries, queries
from workgroup.people import post
from workgroup.photos import jpeg as reading
from workgroup.photos import queries as photos


def _refusal(db, w, kind="board", **over):
    fields = {"lesson": a_live_lesson(db, w), **fields_of(jpeg(), kind=kind), **over}
    outcome = door.submit(db, "lessons.photo", fields, post.new_id(), w.colleague)
    return str(outcome.errors) if outcome.standing == "refused" else outcome.standing


def _seen(db, viewer, lesson):
    found = queries.lesson(db, lesson)
    return [p["id"] for p in photo_queries.seen(db, viewer, found, queries.standing(db, viewer, found))]


def test_nothing_may_be_photographed_until_the_host_school_has_said_so(db, world_of):
    assert "has not said" in _refusal(db, world_of)


@pytest.mark.parametrize(
    ("rule", "kind", "said"),
    [("none", "board", "does not want photos"), ("board", "work", "board only"), ("board", "board", "entered"),
     ("work", "work", "entered"), ("work", "board", "entered")],
)  # fmt: skip
def test_the_host_schools_rule_decides_what_is_kept(db, world_of, rule, kind, said):
    allow_photos(db, world_of, rule)
    assert said in _refusal(db, world_of, kind)


def test_a_photo_belongs_to_ones_own_moment_of_the_same_lesson(db, world_of):
    w = world_of
    allow_photos(db, w)
    lesson = a_live_lesson(db, w)
    for by, where in (("leader", lesson), ("colleague", a_live_lesson(db, w))):
        other = a_noticing(db, w, by=by, lesson=where)
        assert "your own moments" in _refusal(db, w, lesson=lesson, noticing=other)
    own = a_noticing(db, w, lesson=lesson)
    assert _refusal(db, w, lesson=lesson, noticing=own) == "entered"
    assert _refusal(db, w, lesson=lesson, noticing=post.new_id()) == "waiting"


def test_there_is_an_end_to_the_pictures_of_one_lesson(db, world_of):
    w = world_of
    lesson = a_live_lesson(db, w)
    photos = [a_photo(db, w, lesson=lesson) for _ in range(40)]
    assert "are enough" in _refusal(db, w, lesson=lesson)
    do(db, "lessons.withdraw_photo", w.colleague, photo=photos[0])
    assert _refusal(db, w, lesson=lesson) == "entered"


def _in_state(db, w, state, with_moment):
    lesson = a_lesson(db, w)
    do(db, "lessons.start", w.leader, lesson=lesson)
    noticing = a_noticing(db, w, lesson=lesson) if with_moment else None
    photo = a_whole_photo(db, w, lesson=lesson, noticing=noticing)
    if state != "live":
        do(db, "lessons.open_discussion", w.leader, lesson=lesson)
    if state not in ("live", "discussion"):
        do(db, "lessons.close", w.leader, lesson=lesson)
    if state in ("room", "group", "hub", "nobody"):
        do(db, "lessons.share", w.participant, lesson=lesson, shared_with=state)
    return lesson, noticing, photo


@pytest.mark.parametrize("with_moment", [True, False])
@pytest.mark.parametrize("state", SEEN_BY)
def test_a_photo_is_seen_by_exactly_those_who_see_noticings(db, world_of, sign_in, state, with_moment):
    lesson, _, photo = _in_state(db, world_of, state, with_moment)
    assert {who for who in WHO if photo in _seen(db, getattr(world_of, who), lesson)} == SEEN_BY[state]
    for who in (*WHO, None):
        answer = sign_in(who and getattr(world_of, who)).get(f"/photos/{photo}")
        assert answer.status_code == (303 if who is None else 200 if who in SEEN_BY[state] else 404), who
        assert who in SEEN_BY[state] or jpeg() not in answer.data


@pytest.mark.parametrize("deed", ["hide", "withdraw_noticing"])
def test_a_photo_goes_with_the_moment_it_belongs_to(db, world_of, deed):
    w = world_of
    lesson, noticing, photo = _in_state(db, w, "group", True)
    do(db, f"lessons.{deed}", w.participant if deed == "hide" else w.colleague, noticing=noticing)
    seen_by = {who for who in WHO if photo in _seen(db, getattr(w, who), lesson)}
    assert seen_by == (NOBODY if deed == "hide" else {"colleague"})


def test_a_picture_that_comes_after_the_teachers_yes_waits_for_the_same_yes(db, world_of):
    w = world_of
    lesson = a_live_lesson(db, w)
    photo = a_photo(db, w, lesson=lesson)
    do(db, "lessons.open_discussion", w.leader, lesson=lesson)
    do(db, "lessons.close", w.leader, lesson=lesson)
    do(db, "lessons.share", w.participant, lesson=lesson, shared_with="group")
    assert photo in _seen(db, w.neighbour, lesson)  # as missing
    with store.writing(db):
        store.put(db, "photo_piece", photo=photo, position=0, bytes=jpeg())
    do(db, "lessons.photo_came", w.colleague, photo=photo)
    assert photo not in _seen(db, w.neighbour, lesson) and photo in _seen(db, w.participant, lesson)
    do(db, "lessons.share", w.participant, lesson=lesson, shared_with="group")
    assert photo in _seen(db, w.neighbour, lesson)


def test_the_picture_goes_out_to_no_cache_and_can_run_nothing(db, world_of, sign_in):
    photo = a_whole_photo(db, world_of)
    answer = sign_in(world_of.colleague).get(f"/photos/{photo}")
    assert answer.data == jpeg() and answer.mimetype == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; sandbox")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Disposition"] == "inline"


@pytest.mark.parametrize("who", ["colleague", "participant"])
def test_its_author_or_the_teacher_takes_it_away_for_everyone_and_its_bytes_go(db, world_of, sign_in, who):
    w = world_of
    lesson, _, photo = _in_state(db, w, "discussion", True)
    assert sign_in(w.leader).post(f"/photos/{photo}/withdraw").status_code == 404
    client = sign_in(getattr(w, who))
    assert client.post(f"/photos/{photo}/withdraw").status_code == 303
    assert client.post(f"/photos/{photo}/withdraw").status_code == 303  # a second tap is harmless
    assert store.value(db, "select count(*) from photo_piece") == 0
    assert not any(photo in _seen(db, getattr(w, one), lesson) for one in WHO)
    assert all(sign_in(getattr(w, one)).get(f"/photos/{photo}").status_code == 404 for one in WHO)
    page = sign_in(w.colleague).get(f"/lessons/{lesson}/mine").get_data(as_text=True)
    assert ("You took" if who == "colleague" else "Nadine Member took") in page
    assert photos.check(db) == []


PAGES = {"timeline": "leader", "discussion": "leader", "sharing": "participant", "mine": "colleague"}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("with_moment", [True, False])
def test_pages_show_the_picture_or_say_that_it_has_not_come(db, world_of, sign_in, page, with_moment):
    w = world_of
    lesson = a_live_lesson(db, w)
    noticing = a_noticing(db, w, lesson=lesson) if with_moment else None
    missing = a_photo(db, w, lesson=lesson, noticing=noticing, described="Not <b>here</b>")
    do(db, "lessons.open_discussion", w.leader, lesson=lesson)
    whole = a_whole_photo(db, w, lesson=lesson, noticing=noticing, described="A <b>bar</b>")
    text = sign_in(getattr(w, PAGES[page])).get(f"/lessons/{lesson}/{page}").get_data(as_text=True)
    assert f'src="/photos/{whole}" alt="A &lt;b&gt;bar&lt;/b&gt;"' in text
    assert "A picture by Toby Colleague has not come yet: Not &lt;b&gt;here&lt;/b&gt;" in text
    assert f"/photos/{missing}\"" not in text


def test_a_live_timeline_hears_of_a_picture_that_came_and_of_one_that_went(db, world_of, sign_in):
    w = world_of
    lesson, _, photo = _in_state(db, w, "discussion", False)
    client = sign_in(w.leader)
    number = queries.lesson(db, lesson)["number"]

    def news():
        return client.get(f"/lessons/{lesson}/timeline?after={number}").get_data(as_text=True)

    assert news() == ""
    other = a_photo(db, w, lesson=lesson, noticing=a_noticing(db, w, lesson=lesson))
    assert f'data-photo="{other}"' in news() and f'data-photo="{photo}"' not in news()
    do(db, "lessons.withdraw_photo", w.participant, photo=photo)
    assert f'data-gone="{photo}"' in news()


def test_quiet_notes_offer_a_picture_only_where_the_host_allows_it(db, world_of, sign_in):
    w = world_of
    lesson = a_live_lesson(db, w)
    client = sign_in(w.colleague)
    allowed = {None: "", "none": "", "board": "the board only", "work": "the board and of pupils’ work"}
    for rule, says in allowed.items():
        if rule:
            allow_photos(db, w, rule)
        page = client.get(f"/lessons/{lesson}/mine").get_data(as_text=True)
        assert ("Take a picture" in page) == bool(says) and says in page


def test_the_hub_sees_a_shared_picture_without_a_name(db, world_of, sign_in):
    w = world_of
    lesson, _, _ = _in_state(db, w, "hub", False)
    page = sign_in(w.hub_lead).get(f"/lessons/{lesson}/discussion").get_data(as_text=True)
    assert "by an observer" in page and "Toby" not in page


PLAIN = jpeg()


def test_a_plain_jpeg_is_read_with_its_size():
    assert reading.size(jpeg(1600, 1200, 90_000)) == (1600, 1200)
    assert reading.size(jpeg(before=segment(0xEE, b"Adobe\0\x64\0\0\0\0\x01"))) == (40, 30)


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xd8", b"GIF89a", b"\x89PNG\r\n\x1a\n" + b"\0" * 90, b"<svg onload=alert(1)>", PLAIN[:-2], PLAIN[:300],
     PLAIN + b"hidden", jpeg(0, 30), jpeg(before=segment(0xE1, GPS)), jpeg(before=segment(0xFE, b"a comment")),
     jpeg(before=segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x/>")), jpeg(before=segment(0xED, b"Photoshop 3.0\0")),
     jpeg(before=segment(0xE2, b"MPF\0")), jpeg(before=segment(0xE0, b"JFXX\0\x10thumbnail")),
     jpeg(before=segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\x01\x01rgb")), jpeg(before=b"\xff\xd8"),
     jpeg(before=b"\xff\xe1\0\x01"), b"\xff\xd8\xff" + b"\xff" * 9],
)  # fmt: skip
def test_anything_else_is_not_taken(data):
    with pytest.raises(reading.NotPlain, match=r"\.$"):
        reading.size(data)
