"""A photo with what comes back from a gap task: where it is allowed, who sees it, how it goes, what is left of it."""

import pytest

from tests.pictures import GPS, allow_photos, fields_of, jpeg, pieces_of, segment
from tests.tasks.examples import a_photo, a_return, a_task, a_whole_photo
from tests.world import days, do
from workgroup import clock, door, holding, ledger, personal, purging, store
from workgroup.people import post
from workgroup.photos import queries as photos
from workgroup.tasks import queries

SHOWN = "A bar cut into four unequal parts"


def _page(client, address):
    return client.get(address).get_data(as_text=True)


def _task_of(db, gap_task_return):
    return queries.gap_task_return(db, gap_task_return)["gap_task"]


def _refusal(db, w, gap_task_return=None, by="participant", **over):
    fields = {"gap_task_return": gap_task_return or a_return(db, w), **fields_of(jpeg(), **over)}
    outcome = door.submit(db, "tasks.photo", fields, post.new_id(), getattr(w, by))
    return str(outcome.errors) if outcome.standing == "refused" else outcome.standing


@pytest.mark.parametrize(
    ("rule", "kind", "said"),
    [("none", "board", "does not want photos"), ("board", "work", "board only"), ("board", "board", "entered"),
     ("work", "work", "entered"), (None, "board", "has not said")],
)  # fmt: skip
def test_the_rule_of_ones_own_school_decides_what_can_come_back(db, world_of, rule, kind, said):
    if rule:
        allow_photos(db, world_of, rule)
    assert said in _refusal(db, world_of, kind=kind)


def test_the_page_offers_a_photo_only_where_the_school_has_said_so(db, world_of, sign_in):
    w, task = world_of, a_task(db, world_of)
    client = sign_in(w.participant)
    address = f"/gap-tasks/{task}/photo"
    assert address not in _page(client, f"/gap-tasks/{task}")
    page = _page(client, address)
    assert "has not said that photos may be taken" in page and "data-photo-form" not in page
    allow_photos(db, w, "board")
    assert address in _page(client, f"/gap-tasks/{task}")
    page = _page(client, address)
    assert "photos of the board only" in page and 'name="kind" value="board"' in page and "Pupils’ work" not in page
    for who in (w.neighbour, w.outsider, w.far_leader, w.hub_lead):
        assert sign_in(who).get(address).status_code == 404
    do(db, "tasks.drop", w.leader, gap_task=task)
    assert client.get(address).status_code == 404


def test_a_photo_is_seen_by_whoever_reads_the_words_and_by_nobody_else(db, world_of, sign_in):
    w, given = world_of, a_return(db, world_of)
    photo, task = a_whole_photo(db, w, given), _task_of(db, given)
    for who in (w.participant, w.colleague, w.neighbour, w.leader):
        client = sign_in(who)
        assert client.get(f"/gap-task-photos/{photo}").data == jpeg()
        assert f'alt="{SHOWN}"' in _page(client, f"/gap-tasks/{task}")
    for who in (w.outsider, w.far_leader, w.hub_lead, w.administrator):
        client = sign_in(who)
        assert client.get(f"/gap-task-photos/{photo}").status_code == 404
        assert SHOWN not in _page(client, f"/gap-tasks/{task}")
    answer = sign_in(w.leader).get(f"/gap-task-photos/{photo}")
    assert answer.headers["Cache-Control"] == "private, no-store" and "sandbox" in answer.headers[
        "Content-Security-Policy"]  # fmt: skip
    assert sign_in(w.leader).get(f"/photos/{photo}").status_code == 404, "it is not one of a lesson"
    assert f"/gap-task-returns/{given}/photo" in _page(sign_in(w.participant), f"/gap-tasks/{task}")


def test_until_its_pieces_have_come_it_says_so_and_a_picture_that_is_none_is_refused(db, world_of, sign_in):
    w, given = world_of, a_return(db, world_of)
    data = jpeg(before=segment(0xE1, GPS))
    photo, client = a_photo(db, w, given, data), sign_in(w.participant)
    assert "has not come yet" in _page(sign_in(w.leader), f"/gap-tasks/{_task_of(db, given)}")
    assert client.get(f"/gap-task-photos/{photo}").status_code == 404
    answer = client.put(f"/sync/photos/{photo}/0", data=pieces_of(data)[0])
    assert answer.status_code == 422, "where it was taken must not come in"
    assert photos.here(db, photo) == []
    assert sign_in(w.colleague).put(f"/sync/photos/{photo}/0", data=b"x").status_code == 404
    good = a_photo(db, w, given)
    assert client.put(f"/sync/photos/{good}/0", data=jpeg()).json["whole"] is True
    assert photos.check(db) == [] and ledger.check(db) == []


def test_it_goes_for_good_by_whoever_took_it_or_a_leader_and_the_words_stay(db, world_of, sign_in):
    w, given = world_of, a_return(db, world_of)
    mine, theirs = a_whole_photo(db, w, given), a_whole_photo(db, w, given)
    task = _task_of(db, given)
    for who in (w.colleague, w.neighbour, w.outsider):
        assert sign_in(who).post(f"/gap-task-photos/{mine}/withdraw").status_code == 404
    for who, photo in ((w.participant, mine), (w.leader, theirs)):
        for _ in range(2):
            assert sign_in(who).post(f"/gap-task-photos/{photo}/withdraw").status_code == 303
        assert photos.here(db, photo) == []
        assert sign_in(w.participant).put(f"/sync/photos/{photo}/0", data=jpeg()).status_code == 410
    page = _page(sign_in(w.participant), f"/gap-tasks/{task}")
    assert "You took a picture away for everyone" in page and "took a picture of yours away" in page
    assert "Wobbly one first." in page and SHOWN not in page and photos.check(db) == []
    outcome = door.submit(db, "lessons.withdraw_photo", {"photo": a_whole_photo(db, w, given)}, post.new_id(), w.leader)
    assert outcome.standing == "waiting", "a photo of a return is none of a lesson"


def test_it_is_hidden_while_its_return_is_taken_back_and_there_is_an_end_to_them(db, world_of, sign_in):
    w, given = world_of, a_return(db, world_of)
    made = [a_whole_photo(db, w, given) for _ in range(6)]
    assert "are enough" in _refusal(db, w, given)
    do(db, "tasks.withdraw_return", w.participant, gap_task_return=given)
    assert sign_in(w.leader).get(f"/gap-task-photos/{made[0]}").status_code == 404
    assert sign_in(w.participant).get(f"/gap-task-photos/{made[0]}").status_code == 200
    assert SHOWN not in _page(sign_in(w.leader), f"/gap-tasks/{_task_of(db, given)}")
    assert sign_in(w.participant).get(f"/gap-task-returns/{given}/photo").status_code == 404
    do(db, "tasks.restore_return", w.participant, gap_task_return=given)
    assert SHOWN in _page(sign_in(w.leader), f"/gap-tasks/{_task_of(db, given)}")


def test_only_ones_own_return_takes_a_photo_and_one_that_has_not_come_waits(db, world_of):
    w, given = world_of, a_return(db, world_of)
    allow_photos(db, w)
    for by in ("colleague", "leader", "neighbour"):
        assert "Only whoever wrote it" in _refusal(db, w, given, by=by)
    assert _refusal(db, w, post.new_id()) == "waiting"


def test_the_next_session_shows_it_and_who_is_erased_leaves_no_picture(db, world_of, sign_in):
    w = world_of
    plan = {"work_group": w.group, "kind": "TRG", "starts": "13:00", "ends": "16:00", "mode": "online", "anyway": "y",
            "agenda": "usual"}  # fmt: skip
    before, session = (
        do(db, "sessions.plan", w.leader, title=day, day=f"2027-{day}", **plan).about for day in ("01-12", "02-09")
    )
    given = post.new_id()
    do(db, "tasks.return", w.participant, id=given, gap_task=a_task(db, w, session=before), went="did it")
    photo = a_whole_photo(db, w, given)
    assert f"/gap-task-photos/{photo}" in _page(sign_in(w.neighbour), f"/sessions/{session}/gap-tasks")
    assert photo in [p["id"] for p in holding.export(db, w.participant)["photo"]]
    with store.writing(db):
        personal.erase(db, w.participant, "2027-01-01T00:00:00.000Z")
    assert photos.here(db, photo) == [] and photos.check(db) == []
    assert sign_in(w.leader).get(f"/gap-task-photos/{photo}").status_code == 404
    assert SHOWN not in _page(sign_in(w.leader), f"/sessions/{session}/gap-tasks")


def test_nothing_is_added_once_the_return_was_taken_back_or_its_author_has_left(db, world_of, sign_in):
    w, given = world_of, a_return(db, world_of)
    allow_photos(db, w, "board")
    do(db, "tasks.withdraw_return", w.participant, gap_task_return=given)
    assert "taken back" in _refusal(db, w, given, kind="board")
    do(db, "tasks.restore_return", w.participant, gap_task_return=given)
    assert _refusal(db, w, given, kind="board") == "entered"
    with store.writing(db):
        store.alter(db, "membership", w.participant_membership, to_on=days(-1))
    assert "school’s own people" in _refusal(db, w, given, kind="board")


def test_a_photo_whose_time_is_over_was_taken_away_by_nobody(db, world_of, sign_in):
    w, given = world_of, a_return(db, world_of)
    a_whole_photo(db, w, given)
    with store.writing(db):
        purging.purge(db, "pictures", "2099-09-01", clock.now())
    page = _page(sign_in(w.participant), f"/gap-tasks/{_task_of(db, given)}")
    assert "data-gone-photo" not in page and SHOWN not in page
