"""Searching: what one may see and nothing else, whatever the index holds."""

import pytest

from tests.lessons.examples import a_noticing, in_discussion
from tests.plans.examples import a_draft, an_action, an_aim
from tests.reflections.examples import a_reflection
from tests.reports.examples import a_sent, a_text
from tests.sessions.examples import a_session
from tests.tasks.examples import a_task
from tests.visits.examples import a_note
from tests.world import days, do
from workgroup import forgetting, store
from workgroup.home import finding
from workgroup.people import post


def _found(db, person, text):
    found = finding.find(db, person, text)
    return {kind: [one["words"] or one["title"] for one in some] for kind, some in found.items()}


def _index(db, text):
    return store.value(db, "select count(*) from found where found match ?", (text,))


@pytest.fixture
def said(db, world_of):
    """The word *marmalade* said in every place, by the participant."""
    w = world_of
    w.lesson = in_discussion(db, w)
    w.noticing = a_noticing(db, w, by="participant", lesson=w.lesson, words="Marmalade on the bar")
    w.reflection = a_reflection(db, w, words="More marmalade next time", visibility="specialist")
    w.private = a_reflection(db, w, words="Private marmalade", visibility="me")
    w.task = a_task(db, w, words="Try marmalade")
    w.session = a_session(db, w, 5, title="Marmalade and maths")
    w.note = do(db, "sessions.note", w.leader, session=w.session, words="Bring marmalade").about
    do(db, "sessions.decide", w.leader, session=w.session, words="Marmalade, always")
    return w


def test_everybody_finds_what_they_may_see(db, said):
    w = said
    own = _found(db, w.participant, "marma")
    assert set(own["reflection"]) == {"More marmalade next time", "Private marmalade"}
    assert own["noticing"] and own["gap_task"] == ["Try marmalade"] and own["session"] == ["Marmalade and maths"]
    assert sorted(own["note"]) == ["Bring marmalade", "Marmalade, always"]
    assert _found(db, w.leader, "marma")["reflection"] == ["More marmalade next time"]
    assert "reflection" not in _found(db, w.neighbour, "marma")
    assert _found(db, w.outsider, "marma") == {}
    for hub in (w.hub_lead, w.administrator):
        assert set(_found(db, hub, "marma")) == {"session"}, "the hub finds titles, and nothing that anybody wrote"


def test_a_lesson_that_is_not_shared_is_not_found_by_others(db, said):
    w = said
    do(db, "lessons.close", w.leader, lesson=w.lesson)
    do(db, "lessons.share", w.participant, lesson=w.lesson, shared_with="nobody")
    assert "noticing" not in _found(db, w.leader, "marmalade")
    assert _found(db, w.participant, "marmalade")["noticing"]


def test_who_taught_or_was_in_the_room_finds_what_they_may_read_after_they_left_the_group(db, said):
    w = said
    a_noticing(db, w, by="leader", lesson=w.lesson, words="Marmalade was shared")
    do(db, "lessons.discuss", w.colleague, lesson=w.lesson, step="evidence", words="Marmalade in quarters")
    do(db, "lessons.close", w.leader, lesson=w.lesson)
    do(db, "lessons.share", w.participant, lesson=w.lesson, shared_with="room")
    with store.writing(db):
        db.conn.execute("update membership set to_on = ? where work_group = ? and role = 'participant'",
                        (days(-1), w.group))  # fmt: skip
    for who in (w.participant, w.colleague):
        found = _found(db, who, "marmalade")
        assert any("was shared" in words for words in found["noticing"]) and found["discussion"], who
    assert _found(db, w.neighbour, "marmalade") == {} == _found(db, w.outsider, "marmalade")


def test_what_is_taken_away_is_found_by_nobody(db, said):
    w = said
    do(db, "lessons.withdraw_noticing", w.participant, noticing=w.noticing)
    do(db, "reflections.withdraw", w.participant, reflection=w.reflection)
    do(db, "sessions.withdraw_note", w.leader, note=w.note)
    found = _found(db, w.participant, "marmalade")
    assert "noticing" not in found and found["reflection"] == ["Private marmalade"]
    assert found["note"] == ["Marmalade, always"]
    do(db, "reflections.restore", w.participant, reflection=w.reflection)
    assert len(_found(db, w.participant, "marmalade")["reflection"]) == 2


def test_the_index_follows_what_changes_and_forgets_what_is_erased(db, said):
    w = said
    do(db, "tasks.edit", w.leader, gap_task=w.task, words="Try honey")
    assert "gap_task" not in _found(db, w.leader, "marmalade") and _found(db, w.leader, "honey")["gap_task"]
    do(db, "lessons.add_words", w.participant, noticing=w.noticing, words="And again: quince")
    assert _found(db, w.leader, "quince")["noticing"]
    before = _index(db, "marmalade")
    do(db, "people.erase", w.hub_lead, person=w.participant)
    forgetting.forget(db)
    assert _index(db, "marmalade") == before - 3 and _index(db, "quince") == 0 and _index(db, "nadine") == 0
    pages = b"".join(bytes(r[0]) for r in db.conn.execute("select block from found_data"))
    assert b"quince" not in pages, "erased words lie in the index’s own pages no longer"


def test_people_and_schools_are_found_by_those_who_share_a_group(db, world_of):
    w = world_of
    assert _found(db, w.leader, "nadine")["person"] == ["Nadine Member"]
    assert "person" not in _found(db, w.outsider, "nadine")
    assert _found(db, w.administrator, "nadine")["person"]
    assert _found(db, w.outsider, "staithe")["school"] == ["Staithe Lane Primary School"]


ODD = ['"', "a AND", "NEAR(", "*", "'; drop table found; --", "x" * 500, "é", "a OR b NOT", ""]


@pytest.mark.parametrize("text", ODD)
def test_nothing_typed_breaks_the_search(db, said, sign_in, text):
    assert sign_in(said.leader).get("/search", query_string={"q": text}).status_code == 200


def test_words_are_marked_escaped_and_cut_to_what_lies_around_them():
    assert finding.marked("Café <b>bar</b>", ["cafe", "bar"]) == (
        "<mark>Café</mark> &lt;b&gt;<mark>bar</mark>&lt;/b&gt;"
    )
    long = finding.marked("word " * 100 + "needle " + "word " * 100, ["need"])
    assert "<mark>needle</mark>" in long and long.startswith("… ") and long.endswith(" …") and len(long) < 400
    assert finding.marked(None, ["x"]) == ""


def test_the_page_says_what_it_found_and_what_to_do_when_it_found_nothing(db, said, sign_in):
    client = sign_in(said.participant)
    page = client.get("/search?q=marmalade").get_data(as_text=True)
    assert "<mark>marmalade</mark>" in page and f"/reflections/{said.private}" in page
    assert "Try fewer words" in client.get("/search?q=zzz").get_data(as_text=True)
    assert sign_in(None).get("/search?q=marmalade").status_code == 303


def test_a_record_from_before_is_indexed_when_it_is_migrated(db, said):
    rows = store.rows(db, "select kind, about from found_row order by kind, about")
    triggers = "select name from sqlite_master where type = 'trigger' and name like 'found_%'"
    with store.writing(db):
        for row in store.rows(db, triggers):
            db.conn.execute(f"drop trigger {row['name']}")
        db.conn.execute("drop table found")
        db.conn.execute("drop table found_row")
        db.conn.execute("delete from _sqlite_migrations where name = '0030_search'")
    assert store.migrate(db) == ["0030_search"]
    assert store.rows(db, "select kind, about from found_row order by kind, about") == rows
    assert _found(db, said.participant, "marmalade")["reflection"]


def test_what_stood_in_an_older_version_is_found_by_nobody(db, world_of):
    w = world_of
    first = a_reflection(db, w, words="The dreadful zebra", visibility="me", state="draft")
    do(db, "reflections.write", w.participant, reflection=first, after=first, words="A polite text", visibility="group",
       state="final")  # fmt: skip
    for person in (w.neighbour, w.leader, w.participant):
        assert _found(db, person, "zebra") == {}
    assert _found(db, w.neighbour, "polite")["reflection"] == ["A polite text"]


def test_ones_own_is_found_in_a_hub_where_much_is_called_the_same(db, world_of):
    w = world_of
    with store.writing(db):
        for n in range(700):
            store.put(
                db, "session", id=post.new_id(), work_group=w.far_group, number=n, kind="TRG", title="Fractions",
                mode="online", starts_at="2027-01-12T13:00:00.000Z", ends_at="2027-01-12T16:00:00.000Z",
            )  # fmt: skip
    own = "Fractions on a number line and in other pictures of theirs"
    a_session(db, w, 5, title=own)
    assert _found(db, w.participant, "fractions")["session"] == [own]


def test_a_page_shows_some_of_each_kind_and_more_of_one(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    for n in range(25):
        a_session(db, w, n + 1, title=f"Fractions {n}")
    page = client.get("/search?q=fractions").get_data(as_text=True)
    assert page.count("<mark>Fractions</mark>") == finding.SHOWN and "More sessions" in page
    more = client.get("/search?q=fractions&kind=session").get_data(as_text=True)
    assert more.count("<mark>Fractions</mark>") == finding.OF_ONE and "add a word" in more
    assert client.get("/search?q=fractions&kind=nothing").status_code == 200


def test_discussions_and_work_at_school_are_found_by_those_whose_they_are(db, world_of):
    w, lesson = world_of, in_discussion(db, world_of)
    do(db, "lessons.discuss", w.colleague, lesson=lesson, step="evidence", words="Quince cut three ways")
    do(db, "tasks.did_at_school", w.participant, school_in_group=w.in_group, on_day=days(-3), kind="staff meeting",
       topic="Quince", words="Sorted cards")  # fmt: skip
    own = _found(db, w.participant, "quince")
    assert own["discussion"] == ["Quince cut three ways"] and own["work"] == ["Quince Sorted cards"]
    assert set(_found(db, w.leader, "quince")) == {"discussion", "work"}
    assert _found(db, w.neighbour, "quince") == {}, "not in the room, and of another school"
    assert _found(db, w.hub_lead, "quince") == {}
    do(db, "lessons.close", w.leader, lesson=lesson)
    assert "discussion" not in _found(db, w.leader, "quince")


def test_visits_and_their_notes_are_found_by_those_who_lead(db, world_of):
    w = world_of
    visit = do(
        db, "visits.plan", w.leader, school_in_group=w.in_group, on_day=days(-3), purpose="Quince in Year 5"
    ).about
    do(db, "visits.make", w.leader, visit=visit, seen="1")
    do(db, "visits.note", w.leader, visit=visit, kind="walk", words="Damson jars on the wall")
    note = store.value(db, "select id from visit_note")
    for leader in (w.leader, w.co_leader):
        assert _found(db, leader, "quince") == {"visit": ["Quince in Year 5"]}
        assert _found(db, leader, "damson") == {"visit": ["Damson jars on the wall"]}
    for other in (w.participant, w.neighbour, w.hub_lead, w.administrator, w.far_leader):
        assert _found(db, other, "quince") == _found(db, other, "damson") == {}
    do(db, "visits.withdraw_note", w.leader, visit_note=note)
    assert _found(db, w.leader, "damson") == {}
    do(db, "visits.restore_note", w.leader, visit_note=note)
    assert _found(db, w.leader, "damson")


def test_reports_of_visits_are_found_by_the_leaders_as_written_and_by_the_school_as_sent(db, world_of):
    w = world_of
    visit = a_text(db, w, words="Medlar in every room")
    assert _found(db, w.leader, "medlar") == {"report": ["Medlar in every room"]}
    for other in (w.participant, w.neighbour, w.far_leader, w.hub_lead):
        assert _found(db, other, "medlar") == {}
    sent = a_sent(db, w, visit=visit)
    for reader in (w.leader, w.participant):
        assert _found(db, reader, "medlar") == {"report": ["Medlar in every room"]}
    a_text(db, w, visit=visit, words="Sorb in every room")
    assert _found(db, w.leader, "sorb") == {"report": ["Sorb in every room"]}
    assert _found(db, w.participant, "sorb") == {}
    do(db, "reports.withdraw", w.leader, report_sent=sent, why="Too soon")
    assert _found(db, w.participant, "medlar") == {}
    for other in (w.neighbour, w.far_leader, w.hub_lead, w.administrator):
        assert _found(db, other, "medlar") == {}


def test_words_that_came_later_to_a_note_of_a_visit_are_found_by_those_who_lead(db, world_of):
    w = world_of
    note = a_note(db, w)
    do(db, "visits.add_words", w.leader, visit_note=note, words="Bullace on the shelf", after="")
    assert _found(db, w.leader, "bullace") == {"visit": ["Year 2 Bullace on the shelf"]}
    assert _found(db, w.participant, "bullace") == {} and _found(db, w.far_leader, "bullace") == {}


def test_of_a_common_word_the_page_says_that_only_the_newest_were_looked_through(db, said, sign_in, monkeypatch):
    client = sign_in(said.participant)
    assert "Only the newest" not in client.get("/search?q=marmalade").get_data(as_text=True)
    monkeypatch.setattr(finding, "MOST", 2)
    page = client.get("/search?q=marmalade").get_data(as_text=True)
    assert "Only the newest 2 were looked through; add a word" in page
    assert "Only the newest" not in client.get("/search?q=marmalade+always").get_data(as_text=True)
    assert "Only the newest" in client.get("/search?q=marmalade&kind=note").get_data(as_text=True)


def _everywhere(db, w, word):
    """Say a word in every kind that is searched; return how each is taken away and brought back, by whom, by kind."""
    lesson = in_discussion(db, w)
    plan = a_draft(db, w)
    aim = an_aim(db, w, plan, words=f"{word} aim")
    action = an_action(db, w, aim, words=f"{word} action")
    reflection = a_reflection(db, w, words="Plain", visibility="specialist")
    session = a_session(db, w, 6, title="Plain")
    note = do(db, "sessions.note", w.leader, session=session, words=f"{word} note").about
    decision = do(db, "sessions.decide", w.leader, session=session, words=f"{word} decision").about
    visit_note, report = a_note(db, w), a_sent(db, w, visit=a_text(db, w, words=f"{word} report"))
    do(db, "visits.add_words", w.leader, visit_note=visit_note, words=f"{word} walk", after="")
    talk = post.new_id()
    do(db, "lessons.discuss", w.participant, id=talk, lesson=lesson, step="evidence", words=f"{word} talk")
    work = do(db, "tasks.did_at_school", w.participant, school_in_group=w.in_group, on_day=days(-3), topic=word,
              kind="staff meeting", words="Cards").about  # fmt: skip
    a_note_of_mine = a_noticing(db, w, by="participant", lesson=lesson, words=f"{word} moment")
    do(db, "reflections.write", w.participant, reflection=reflection, after=reflection, words=f"{word} thought",
       visibility="specialist", state="final")  # fmt: skip
    return {
        "noticing": ("lessons.{}_noticing", "participant", {"noticing": a_note_of_mine}),
        "discussion": ("lessons.{}_discussion", "participant", {"discussion_note": talk}),
        "reflection": ("reflections.{}", "participant", {"reflection": reflection}),
        "work": ("tasks.{}_work", "participant", {"in_school_work": work}),
        "action": ("plans.{}_action", "leader", {"action": action}), "aim": ("plans.{}_aim", "leader", {"aim": aim}),
        "visit": ("visits.{}_note", "leader", {"visit_note": visit_note}),
        "report": ("reports.{}", "leader", {"report_sent": report}),
        "note": ("sessions.{}_note", "leader", {"note": note}),
        "decision": ("sessions.{}_decision", "leader", {"decision": decision}),
    }


def test_what_is_taken_away_of_any_kind_is_found_by_nobody_until_it_is_brought_back(db, world_of):
    w = world_of
    deeds = _everywhere(db, w, "quince")
    said = {words for some in _found(db, w.leader, "quince").values() for words in some}
    assert len(said) == len(deeds), said
    for kind, by, fields in deeds.values():
        more = {"why": "A slip"} if kind.startswith("reports") else {}
        do(db, kind.format("withdraw"), getattr(w, by), **fields, **more)
    assert _found(db, w.participant, "quince") == {}
    for leader in (w.leader, w.co_leader):
        assert set(_found(db, leader, "quince")) == {"report"}, "the text as it was written stays the leaders’ own"
    for kind, by, fields in reversed(deeds.values()):
        do(db, kind.format("restore"), getattr(w, by), **fields)
    assert {words for some in _found(db, w.leader, "quince").values() for words in some} == said


def test_whoever_is_erased_leaves_no_word_of_any_kind_in_the_index(db, world_of):
    w = world_of
    _everywhere(db, w, "quince")
    for person in (w.participant, w.leader):
        do(db, "people.erase", w.hub_lead, person=person)
    forgetting.forget(db)
    left = store.rows(
        db, "select r.kind from found f join found_row r on r.id = f.rowid where found match 'quince' order by r.kind"
    )
    assert [row["kind"] for row in left] == ["action", "aim", "decision", "report_sent", "visit_report"], (
        "what a group has decided, and what is a school’s, stays"
    )
