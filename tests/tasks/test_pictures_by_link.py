"""A gap task given back by the link of a mail with a sketch or a photo: as when signed in, and nothing to read."""

import io

import pytest

from tests.lessons.examples import DRAWN
from tests.pictures import GPS, allow_photos, jpeg, segment
from tests.tasks.examples import a_task
from tests.world import days, do
from workgroup import store
from workgroup.people import post
from workgroup.photos import queries as photos
from workgroup.photos import whole
from workgroup.tasks import photo_queries, queries

SAID = {"went": "did it", "words": "Cut twice.", "described": "A bar in four", "kind": "board"}


@pytest.fixture
def link(db, world_of):
    """The address of a reminder's link for the participant, and the gap task it is about."""
    w, token = world_of, post.new_token()
    task = a_task(db, w, due_on=days(9), words="Open with a non-example")
    with store.writing(db):
        post.keep_link(db, w.participant, "reminder", 900, token, about=f"{w.in_group} {days(9)} 14")
    return f"/back/{token}", task


def _send(client, address, data=None, **over):
    picture = (io.BytesIO(jpeg() if data is None else data), "picture.jpg")
    return client.post(address, data={**SAID, "change_id": post.new_id(), "photo": post.new_id(), "picture": picture,
                                      **over}, headers={"Accept": "application/json"})  # fmt: skip


def _text(answer):
    return answer.get_data(as_text=True)


def test_a_sketch_comes_back_by_the_link_and_is_not_shown_by_it_again(db, world_of, link, sign_in):
    w, (address, task) = world_of, link
    client = sign_in(None)
    at = f"{address}/{task}/sketch"
    assert at in _text(client.get(address)) and "data-capture" not in _text(client.get(at))
    sent = {"went": "did part", "words": "Typed <b>", "drawn": DRAWN}
    wrong = client.post(at, data=sent)
    assert wrong.status_code == 422 and "Say in words what the sketch shows" in _text(wrong)
    assert "Typed &lt;b&gt;" in _text(wrong), "what was typed is not lost"
    assert client.post(at, data={**sent, "described": "A bar in four"}).location == f"{address}?kept=yes"
    [given] = queries.returns(db, task)
    assert (given["by"], given["described"], bool(given["shapes"])) == (w.participant, "A bar in four", True)
    for page in (f"{address}?kept=yes", address):
        assert "A bar in four" not in _text(client.get(page)) and "Typed" not in _text(client.get(page))
    assert client.get(at).status_code == 404, "it is back"
    assert "A bar in four" in _text(sign_in(w.neighbour).get(f"/gap-tasks/{task}"))


def test_what_was_typed_goes_along_to_the_paper_and_to_the_camera(db, world_of, link, sign_in):
    address, task = link
    allow_photos(db, world_of)
    typed = {"begin": "y", "went": "did part", "words": "Typed <b>"}
    for way in ("sketch", "photo"):
        page = sign_in(None).post(f"{address}/{task}/{way}", data=typed)
        assert page.status_code == 200 and "Typed &lt;b&gt;" in _text(page) and queries.returns(db, task) == []


def test_a_photo_comes_back_by_the_link_where_the_school_allows_it_and_a_second_tap_is_one(
    db, world_of, link, sign_in
):
    w, (address, task) = world_of, link
    client, at = sign_in(None), f"{address}/{task}/photo"
    assert at not in _text(client.get(address)) and "data-photo-form" not in _text(client.get(at))
    assert "has not said" in _send(client, at).json["error"] and queries.returns(db, task) == []
    allow_photos(db, w, "board")
    assert at in _text(client.get(address)) and "data-photo-form" in _text(client.get(at))
    assert "board only" in _send(client, at, kind="work").json["error"]
    ids = {"change_id": post.new_id(), "photo": post.new_id()}
    for _ in range(2):
        assert _send(client, at, **ids).json == {"then": f"{address}?kept=yes"}
    [given] = queries.returns(db, task)
    assert (given["words"], [p["has_come"] for p in given["photos"]]) == ("Cut twice.", [True])
    assert photos.check(db) == [] and photos.whole(db, ids["photo"]) == jpeg()
    assert sign_in(w.neighbour).get(f"/gap-task-photos/{ids['photo']}").data == jpeg()
    assert client.get(f"/gap-task-photos/{ids['photo']}").status_code == 303, "the link does not show it again"
    assert "A bar in four" not in _text(client.get(f"{address}?kept=yes"))


@pytest.mark.parametrize(
    ("data", "over", "said"),
    [(jpeg(before=segment(0xE1, GPS)), {}, "more than the picture"), (b"GIF89a", {}, "not a JPEG"),
     (jpeg(width=2001), {}, "2,000"),
     (None, {"described": ""}, "Say in words"), (None, {"kind": "selfie"}, "Choose one"),
     (None, {"went": ""}, "Choose one"), (None, {"words": "x" * 10_001}, "10,000")],
)  # fmt: skip
def test_of_what_is_not_right_neither_words_nor_picture_are_kept(db, world_of, link, sign_in, data, over, said):
    allow_photos(db, world_of)
    address, task = link
    plain = sign_in(None).post(f"{address}/{task}/photo", data={**SAID, "words": "Typed <b>", **over})
    assert plain.status_code == 422 and "Take a picture first." in _text(plain)
    answer = _send(sign_in(None), f"{address}/{task}/photo", data, **over)
    assert answer.status_code == 422 and said in answer.json["error"], answer.json
    assert queries.returns(db, task) == [] and photos.check(db) == []
    assert store.value(db, "select count(*) from photo") == 0


def test_a_picture_that_is_too_large_is_said_to_be_before_it_is_read():
    assert "larger than 3 MB" in whole.facts(b"x" * (3 * 1024**2 + 1))


def test_the_link_takes_pictures_for_its_own_tasks_alone_to_an_end_and_until_it_is_over(db, world_of, link, sign_in):
    w, (address, task) = world_of, link
    allow_photos(db, w)
    client, other = sign_in(None), a_task(db, w)
    for path in (f"{address}/{other}/photo", f"{address}/{other}/sketch", f"{address}/{post.new_id()}/photo"):
        assert client.get(path).status_code == 404
        assert (_send(client, path) if "photo" in path else client.post(path, data=SAID)).status_code == 404
    at = f"{address}/{task}/photo"
    assert _send(client, at, photo="x").status_code == 422
    for _ in range(6):
        assert "then" in _send(client, at, went="not yet").json
    assert "are enough by this link" in _send(client, at, went="not yet").json["error"]
    assert photo_queries.why_none(db, task, "board", w.colleague) is None, "another has their own"
    do(db, "groups.end_membership", w.leader, membership=w.participant_membership, to_on=days(-1))
    assert client.get(at).status_code == 404
    assert _send(client, f"{address}/{task}/photo").status_code == 422
    with store.writing(db):
        db.conn.execute("update link set expires_at = '2020-01-01T00:00:00.000Z'")
    assert _send(client, at).status_code == 410 and client.get(f"{address}/{task}/sketch").status_code == 410
