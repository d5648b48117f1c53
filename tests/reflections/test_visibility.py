"""Who reads a reflection: each person, each visibility, draft and final, taken away; on every way there is to it."""

import pytest

from tests.lessons.examples import with_teacher
from tests.reflections.examples import a_reflection
from tests.sessions.examples import a_session
from tests.world import days, do
from workgroup import clock, store
from workgroup.people import post
from workgroup.reflections import queries

WHO = (
    "participant", "colleague", "neighbour", "leader", "co_leader", "outsider", "far_leader", "hub_lead",
    "administrator",
)  # fmt: skip
SEEN_BY = {
    ("me", "final"): {"participant"},
    ("me", "draft"): {"participant"},
    ("specialist", "final"): {"participant", "leader", "co_leader"},
    ("specialist", "draft"): {"participant"},
    ("group", "final"): {"participant", "colleague", "neighbour", "leader", "co_leader"},
    ("group", "draft"): {"participant"},
}
WORDS = "Only for those it is for"


def _ways(db, w, sign_in, id, session):
    """Return who sees a reflection by each way: its own page, the lists, and what is said about its session."""
    by_page, by_list, by_about = set(), set(), set()
    for who in WHO:
        person = getattr(w, who)
        client = sign_in(person)
        page = client.get(f"/reflections/{id}")
        if page.status_code == 200 and WORDS in page.get_data(as_text=True):
            by_page.add(who)
        if WORDS in client.get("/reflections").get_data(as_text=True):
            by_list.add(who)
        if id in {r["id"] for r in queries.about(db, person, session=session)}:
            by_about.add(who)
    return by_page, by_list, by_about


@pytest.mark.parametrize(("visibility", "state"), SEEN_BY)
def test_a_reflection_is_read_by_exactly_those_it_is_for(db, world_of, sign_in, visibility, state):
    w = world_of
    session = a_session(db, w)
    id = a_reflection(db, w, words=WORDS, session=session, visibility=visibility, state=state)
    wanted = SEEN_BY[visibility, state]
    assert _ways(db, w, sign_in, id, session) == (wanted, wanted, wanted)


@pytest.mark.parametrize("visibility", ["specialist", "group"])
def test_what_is_taken_away_only_its_author_reads_until_it_is_brought_back(db, world_of, sign_in, visibility):
    w = world_of
    session = a_session(db, w)
    id = a_reflection(db, w, words=WORDS, session=session, visibility=visibility)
    do(db, "reflections.withdraw", w.participant, reflection=id)
    only = {"participant"}
    assert _ways(db, w, sign_in, id, session) == (only, only, only)
    do(db, "reflections.restore", w.participant, reflection=id)
    assert _ways(db, w, sign_in, id, session)[0] == SEEN_BY[visibility, "final"]


@pytest.mark.parametrize(("shared", "seen"), [(None, {"participant"}), ("room", {"participant", "colleague", "leader"}),
                                              ("group", SEEN_BY["group", "final"])])  # fmt: skip
def test_words_about_an_open_lesson_travel_no_further_than_its_teacher_shares_it(db, world_of, shared, seen):
    w = world_of
    lesson = with_teacher(db, w)
    if shared:
        do(db, "lessons.share", w.participant, lesson=lesson, shared_with=shared)
    id = a_reflection(db, w, by="participant", lesson=lesson, visibility="group", words=WORDS)
    found = {who for who in WHO if queries.reflection(db, getattr(w, who), id)}
    assert found == seen


def test_narrowing_who_sees_it_works_at_once_and_a_late_older_device_does_not_widen_it(db, world_of):
    w = world_of
    id = a_reflection(db, w, visibility="group")
    do(db, "reflections.write", w.participant, reflection=id, after=id, words="Mine", visibility="me", state="final")
    assert queries.reflection(db, w.leader, id) is None
    do(
        db, "reflections.write", w.participant, reflection=id, after=id, words="Late", visibility="group",
        state="final", at=f"{days(-3)}T10:00:00.000Z",
    )  # fmt: skip
    assert queries.reflection(db, w.leader, id) is None
    assert {v["words"] for v in queries.reflection(db, w.participant, id)["versions"]} == {"Mine", "Late"}


def test_who_leaves_the_group_no_longer_reads_but_still_reads_their_own(db, world_of):
    w = world_of
    id = a_reflection(db, w, visibility="group")
    own = a_reflection(db, w, by="colleague", visibility="me")
    do(db, "groups.end_membership", w.leader, membership=w.colleague_membership, to_on=days(-1))
    assert queries.reflection(db, w.colleague, id) is None
    assert queries.reflection(db, w.colleague, own)["id"] == own


def test_two_devices_write_and_both_texts_stay_until_one_is_chosen(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.participant)
    id = a_reflection(db, w)
    for words in ("From the phone", "From the laptop"):
        fields = {"words": words, "after": id, "visibility": "me", "state": "final"}
        assert client.post(f"/reflections/{id}/edit", data=fields).status_code == 303
    page = client.get(f"/reflections/{id}").get_data(as_text=True)
    assert "From the phone" in page and "From the laptop" in page and "side by side" in page
    version = store.value(db, "select id from reflection_words where words = 'From the phone'")
    assert client.post(f"/reflections/{id}/choose", data={"version": version}).status_code == 303
    found = queries.reflection(db, w.participant, id)
    assert found["words"] == "From the phone" and len(found["versions"]) == 1
    assert len(queries.versions(db, w.participant, id)) == 4


def test_the_form_keeps_what_was_typed_when_something_is_missing(db, world_of, sign_in):
    session = a_session(db, world_of)
    answer = sign_in(world_of.participant).post("/reflections", data={"session": session, "words": "Typed & kept"})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422 and "Typed &amp; kept" in text and "Choose who sees it." in text


def test_a_leader_reads_and_it_leaves_the_reading_list(db, world_of, sign_in):
    id = a_reflection(db, world_of)
    client = sign_in(world_of.leader)
    assert "reflection shared with you" in client.get("/").get_data(as_text=True)
    assert client.post(f"/reflections/{id}/read").status_code == 303
    assert "reflection shared with you" not in client.get("/").get_data(as_text=True)


def test_a_reflection_about_nothing_of_ones_own_is_not_offered(db, world_of, sign_in):
    session = a_session(db, world_of)
    assert sign_in(world_of.outsider).get(f"/reflections/new?session={session}").status_code == 404
    assert sign_in(world_of.participant).get(f"/reflections/new?session={post.new_id()}").status_code == 404


def test_ones_own_reflections_stand_by_academic_year_and_drafts_always(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.participant)
    then = clock.at_london(f"{int(clock.first_day_of(clock.academic_year(clock.today()))[:4]) - 1}-11-03", "16:00")
    for words, state in (("Marker of long ago", "final"), ("Draft of long ago", "draft")):
        id = a_reflection(db, w, words=words, state=state)
        with store.writing(db):
            store.alter(db, "reflection", id, changed_at=then)
    a_reflection(db, w, words="Marker of now", state="final")
    page = client.get("/reflections").get_data(as_text=True)
    assert "Marker of now" in page and "Draft of long ago" in page and "Marker of long ago" not in page
    before = clock.academic_year(clock.day_of(then)).replace("/", "-")
    assert f'href="/reflections?year={before}"' in page
    page = client.get(f"/reflections?year={before}").get_data(as_text=True)
    assert "Marker of long ago" in page and "Marker of now" not in page
    assert client.get("/reflections?year=nonsense").status_code == 200
