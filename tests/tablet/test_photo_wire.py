"""The wire of photos: pieces in any order, any number of times, resumed, checked, and only one's own."""

import random

import pytest

from tests.lessons.examples import a_photo, a_whole_photo
from tests.pictures import GPS, fields_of, jpeg, pieces_of, segment
from tests.world import do
from workgroup import ledger, store, web
from workgroup.lessons import photo_queries
from workgroup.people import post
from workgroup.photos import queries as photos
from workgroup.photos.forms import PIECE

LARGE = jpeg(size=3 * PIECE + 100)


def _put(client, photo, position, data, **headers):
    answer = client.put(f"/sync/photos/{photo}/{position}", data=data, headers=headers)
    assert answer.headers["Workgroup-Receipt"] == "1" and answer.headers["Cache-Control"] == "no-store"
    return answer


def _state(db, photo):
    row = photo_queries.photo(db, photo)
    return bool(row["came_at"]), photos.here(db, photo)


def test_pieces_come_in_any_order_and_any_number_of_times(db, world_of, sign_in):
    photo, client = a_photo(db, world_of, LARGE), sign_in(world_of.colleague)
    pieces = list(enumerate(pieces_of(LARGE)))
    random.Random(7).shuffle(pieces)
    for position, piece in [pieces[0], *pieces[:-1]]:
        answer = _put(client, photo, position, piece)
        assert answer.status_code == 200 and answer.json["whole"] is False
    said = client.get(f"/sync/photos/{photo}")
    assert said.headers["Workgroup-Receipt"] == "1"
    assert said.json["here"] == sorted(p for p, _ in pieces[:-1]) and said.json["pieces"] == 4
    last = _put(client, photo, *pieces[-1])
    assert last.json["whole"] is True and last.json["receipt"] == ledger.head(db)
    assert client.get(f"/photos/{photo}").data == LARGE
    assert _put(client, photo, *pieces[0]).status_code == 409
    assert client.get(f"/sync/photos/{photo}").json["whole"] is True
    assert ledger.check(db) == [] and photos.check(db) == []


def test_a_piece_before_its_words_waits(db, world_of, sign_in):
    client, photo = sign_in(world_of.colleague), post.new_id()
    assert _put(client, photo, 0, b"x").status_code == 404
    assert client.get(f"/sync/photos/{photo}").status_code == 404
    assert store.value(db, "select count(*) from photo_piece") == 0


def test_only_whoever_took_it_sends_its_pieces(db, world_of, sign_in):
    photo = a_photo(db, world_of)
    for who in ("leader", "participant", "outsider"):
        client = sign_in(getattr(world_of, who))
        assert _put(client, photo, 0, jpeg()).status_code == 404
        assert client.get(f"/sync/photos/{photo}").status_code == 404
    assert _put(sign_in(None), photo, 0, jpeg()).status_code == 401
    own = sign_in(world_of.colleague)
    assert _put(own, photo, 0, jpeg(), **{"Workgroup-By": world_of.leader}).status_code == 401
    assert _put(own, photo, 0, jpeg(), **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert _state(db, photo) == (False, [])


@pytest.mark.parametrize(
    ("position", "data", "status"),
    [("1", b"x", 422), ("99", b"x", 422), ("999999", b"x", 422), ("-1", b"x", 422), ("x", b"x", 422), ("٣", b"x", 422),
     ("0", b"", 422), ("0", b"x" * (PIECE + 1), 413)],
)  # fmt: skip
def test_what_is_no_piece_is_said_so(db, world_of, sign_in, position, data, status):
    photo = a_photo(db, world_of)
    answer = _put(sign_in(world_of.colleague), photo, position, data)
    assert answer.status_code == status and answer.json["error"].endswith(".")
    assert _state(db, photo) == (False, [])


def test_an_id_that_is_none_is_nothing(world_of, sign_in):
    client = sign_in(world_of.colleague)
    assert _put(client, "x", 0, b"x").status_code == 404
    assert client.get("/sync/photos/x").status_code == 404


SECRET = jpeg(before=segment(0xE1, GPS))


@pytest.mark.parametrize(
    ("sent", "said", "why"),
    [(jpeg()[:-1] + b"x", fields_of(jpeg()), "did not arrive as it was sent"),
     (SECRET, fields_of(SECRET), "more than the picture"),
     (b"\x89PNG\r\n\x1a\n0", fields_of(b"\x89PNG\r\n\x1a\n0"), "not a JPEG"),
     (jpeg(), fields_of(jpeg(), width=41), "not as large"),
     (jpeg(), fields_of(jpeg(), bytes=len(jpeg()) - 1), "as it was sent")],
)  # fmt: skip
def test_what_is_not_the_picture_that_was_announced_is_thrown_away(db, world_of, sign_in, sent, said, why):
    photo, client = a_photo(db, world_of, **said), sign_in(world_of.colleague)
    answer = _put(client, photo, 0, sent)
    assert answer.status_code == 422 and why in answer.json["error"]
    assert _state(db, photo) == (False, [])
    assert client.get(f"/photos/{photo}").status_code == 404


def test_a_piece_of_a_photo_that_was_taken_away_is_not_kept(db, world_of, sign_in):
    photo = a_whole_photo(db, world_of)
    do(db, "lessons.withdraw_photo", world_of.participant, photo=photo)
    client = sign_in(world_of.colleague)
    assert _put(client, photo, 0, jpeg()).status_code == 410
    assert client.get(f"/sync/photos/{photo}").status_code == 410
    assert store.value(db, "select count(*) from photo_piece") == 0


def test_a_locked_record_is_503_and_the_piece_goes_in_afterwards(app, db, world_of, sign_in):
    photo, client = a_photo(db, world_of), sign_in(world_of.colleague)
    with app.app_context():
        web.database().conn.execute("pragma busy_timeout = 50")
    with store.writing(db):
        busy = _put(client, photo, 0, jpeg())
    assert busy.status_code == 503 and busy.headers["Retry-After"]
    assert _put(client, photo, 0, jpeg()).json["whole"] is True


def test_the_check_finds_bytes_that_are_missing_changed_left_over_or_of_nothing(db, world_of):
    made = [a_whole_photo(db, world_of) for _ in range(3)]
    assert photos.check(db) == []
    db.conn.execute("pragma foreign_keys = off")
    with store.writing(db):
        db.conn.execute("delete from photo_piece where photo = ?", (made[0],))
        db.conn.execute("update photo_piece set bytes = x'00' where photo = ?", (made[1],))
        db.conn.execute("update photo set withdrawn_at = '2027-01-01' where id = ?", (made[2],))
        store.put(db, "photo_piece", photo=post.new_id(), position=0, bytes=b"x")
    said = photos.check(db)
    assert len(said) == 4
    for words in ("with 0 of its 1 pieces", "not the ones that were sent", "was taken away", "not in the record"):
        assert any(words in one for one in said), words
