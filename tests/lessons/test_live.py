"""The live timeline: a poll answers with what changed since a ledger number, hides included, and costs little."""

import re

import pytest

from tests.lessons.examples import a_lesson, a_live_lesson, a_noticing, a_start, in_discussion
from tests.sessions.examples import open_session
from tests.world import days, do
from workgroup import clock, store, web
from workgroup.lessons import moments_shown, noticing_queries, queries
from workgroup.lessons.drawing import drawn

PART = {"HX-Request": "true"}


class Timeline:
    """An open timeline page of somebody: what it holds, and what its next look brings."""

    def __init__(self, client, lesson, query=""):
        self.client, self.address, self.query = client, f"/lessons/{lesson}/timeline", query
        page = client.get(f"{self.address}?{query}").get_data(as_text=True)
        self.after, self.stand = (re.search(rf'name="{name}" value="(\w+)"', page)[1] for name in ("after", "stand"))
        self.ids = re.findall(r'id="n-([\w-]{36})"', page)
        self.page = page

    def look(self):
        """Return (ids that came or changed, ids that are gone), or the answer itself when it brings no part."""
        address = f"{self.address}?after={self.after}&stand={self.stand}&{self.query}"
        answer = self.client.get(address, headers=PART)
        text = answer.get_data(as_text=True)
        if not text:
            return answer
        assert "<html" not in text
        self.after, gone = re.search(r'data-news="(\d+)" data-gone="([^"]*)"', text).groups()
        return re.findall(r'id="n-([\w-]{36})"', text), gone.split()


def _is_idle(answer):
    return answer.status_code == 200 and answer.headers["Content-Length"] == "0" and "HX-Refresh" not in answer.headers


def test_an_idle_look_is_an_empty_200_with_its_length(db, world_of, sign_in):
    lesson = in_discussion(db, world_of)
    timeline = Timeline(sign_in(world_of.leader), lesson)
    assert len(timeline.ids) == 1 and _is_idle(timeline.look())


@pytest.mark.parametrize("who", ["colleague", "leader", "participant"])
def test_an_idle_look_asks_the_database_five_times_at_most_and_always_by_an_index(db, app, world_of, sign_in, who):
    lesson = in_discussion(db, world_of)
    timeline = Timeline(sign_in(getattr(world_of, who)), lesson)
    asked = []
    with app.app_context():
        conn = web.database().conn
    conn.set_trace_callback(asked.append)
    assert _is_idle(timeline.look())
    conn.set_trace_callback(None)
    asked = [sql for sql in asked if sql not in ("begin", "commit")]  # one look is of one moment
    assert len(asked) <= 5, asked
    for sql in asked:
        plan = [row["detail"] for row in db.conn.execute(f"explain query plan {sql}")]
        scans = [line for line in plan if line.startswith("SCAN") and "subquery" not in line and "CONSTANT" not in line]
        assert not scans, (sql, plan)


def test_every_change_of_a_moment_comes_with_the_next_look(db, world_of, sign_in):
    w = world_of
    lesson = in_discussion(db, w)
    timeline = Timeline(sign_in(w.leader), lesson)
    noticing = a_noticing(db, w, lesson=lesson)
    assert timeline.look() == ([noticing], [])
    about = {"noticing": noticing}
    for kind, by, more in (
        ("add_words", w.colleague, {"words": "Moved two"}), ("tag", w.colleague, {"tags": [w.tag]}),
    ):  # fmt: skip
        do(db, f"lessons.{kind}", by, **about, **more)
        assert timeline.look() == ([noticing], []), kind
    for kind, back, by in (
        ("hide", "show_again", w.participant), ("withdraw_noticing", "restore_noticing", w.colleague),
    ):  # fmt: skip
        do(db, f"lessons.{kind}", by, **about)
        assert timeline.look() == ([], [noticing]), kind
        do(db, f"lessons.{back}", by, **about)
        assert timeline.look() == ([noticing], []), back
    assert _is_idle(timeline.look())


def test_a_moment_is_drawn_once_for_all_who_read_it_alike_and_anew_when_a_name_beside_it_changes(db, world_of, sign_in):
    w = world_of
    lesson = in_discussion(db, w)
    looking = [Timeline(sign_in(one), lesson) for one in (w.leader, w.participant, w.colleague)]
    addresses = [f"{one.address}?after={one.after}&stand={one.stand}" for one in looking]
    noticing = a_noticing(db, w, lesson=lesson, words="Moved two")
    do(db, "lessons.tag", w.colleague, noticing=noticing, tags=[w.tag])
    moments_shown._kept.clear()

    def told():
        asked = zip(looking, addresses, strict=True)
        return [one.client.get(address, headers=PART).get_data(as_text=True) for one, address in asked]

    first = told()
    assert len(moments_shown._kept) == 1 and len(set(first)) == 1
    assert "Moved two" in first[0] and "Renamed" not in first[0] and told() == first
    with store.writing(db):
        store.alter(db, "tag", w.tag, name="Renamed")
    assert all("Renamed" in text for text in told())


def test_a_look_tells_nobody_of_what_they_may_not_see(db, world_of, sign_in):
    w = world_of
    lesson = a_live_lesson(db, w)
    leader, author = Timeline(sign_in(w.leader), lesson), Timeline(sign_in(w.colleague), lesson)
    noticing = a_noticing(db, w, lesson=lesson, words="Only mine")
    assert leader.look() == ([], []) and author.look() == ([noticing], [])
    do(db, "lessons.withdraw_noticing", w.colleague, noticing=noticing)
    assert leader.look() == ([], []) and author.look() == ([noticing], [])
    assert sign_in(w.outsider).get(f"/lessons/{lesson}/timeline?after=0").status_code == 404
    assert sign_in(w.hub_lead).get(f"/lessons/{lesson}/timeline?after=0").get_data(as_text=True).count("<li") == 0


def test_what_was_made_and_hidden_between_two_looks_is_not_named(db, world_of, sign_in):
    w = world_of
    timeline = Timeline(sign_in(w.leader), lesson := in_discussion(db, w))
    noticing = a_noticing(db, w, lesson=lesson)
    do(db, "lessons.hide", w.participant, noticing=noticing)
    assert timeline.look() == ([], [])


@pytest.mark.parametrize(
    "change",
    [
        ("close", "leader", {}), ("share", "participant", {"shared_with": "room"}),
        ("edit", "leader", {"teacher": "participant", "class_name": "Y3", "topic": "New", "seen": "1"}),
    ],
    ids=lambda change: change[0],
)  # fmt: skip
def test_another_state_or_sharing_makes_the_page_load_again(db, world_of, sign_in, change):
    w = world_of
    kind, by, fields = change
    timeline = Timeline(sign_in(w.leader), lesson := in_discussion(db, w))
    fields = {name: getattr(w, value, value) for name, value in fields.items()}
    do(db, f"lessons.{kind}", getattr(w, by), lesson=lesson, **fields)
    answer = timeline.look()
    assert answer.headers["HX-Refresh"] == "true" and answer.headers["Content-Length"] == "0"


def test_opening_the_discussion_and_closing_the_session_reach_an_open_timeline(db, world_of, sign_in):
    w = world_of
    lesson = a_live_lesson(db, w)
    timeline = Timeline(sign_in(w.leader), lesson)
    do(db, "lessons.open_discussion", w.leader, lesson=lesson)
    assert timeline.look().headers["HX-Refresh"] == "true"
    timeline = Timeline(sign_in(w.leader), lesson)
    session = queries.lesson(db, lesson)["session"]
    do(db, "sessions.set_state", w.leader, session=session, state="closed")
    assert timeline.look().headers["HX-Refresh"] == "true"


def test_a_record_that_was_put_back_makes_the_page_load_again(db, world_of, sign_in):
    timeline = Timeline(sign_in(world_of.leader), in_discussion(db, world_of))
    timeline.after = int(timeline.after) + 10
    assert timeline.look().headers["HX-Refresh"] == "true"


def test_the_filters_of_the_page_hold_in_the_look(db, world_of, sign_in):
    w = world_of
    lesson = in_discussion(db, w)
    paired = Timeline(sign_in(w.leader), lesson, "phase=pairs")
    assert paired.ids == [] and 'name="phase" value="pairs"' in paired.page
    noticing = a_noticing(db, w, lesson=lesson, second="300")
    assert paired.look() == ([], [])
    do(db, "lessons.mark_phase", w.leader, lesson=lesson, second="200", phase="pairs")
    assert paired.look() == ([noticing], [])
    do(db, "lessons.mark_phase", w.leader, lesson=lesson, second="250", phase="groups")
    assert paired.look() == ([], [noticing])


def test_an_earlier_start_moves_what_was_noticed_on_open_timelines(db, world_of, sign_in):
    w, began = world_of, clock.at_london(days(-3), "10:00")
    lesson = a_lesson(db, w, open_session(db, w, -3))
    a_start(db, w, clock.after(60, began), lesson)
    noticing = do(db, "lessons.notice", w.colleague, at=clock.after(90, began), lesson=lesson).about
    timeline = Timeline(sign_in(w.colleague), lesson)
    a_start(db, w, began, lesson)
    assert timeline.look() == ([noticing], [])
    a_start(db, w, clock.after(120, began), lesson)  # a later tap is kept and changes nothing
    assert timeline.look() == ([], [])


@pytest.mark.parametrize("after", ["", "x", "-1", "9" * 15, "9" * 400, "1.5", "٣", "0 or 1=1"])
def test_a_number_that_is_none_is_answered(db, world_of, sign_in, after):
    lesson = in_discussion(db, world_of)
    answer = sign_in(world_of.leader).get(f"/lessons/{lesson}/timeline", query_string={"after": after}, headers=PART)
    assert answer.status_code == 200


def test_the_figure_is_a_part_of_its_own(db, world_of, sign_in):
    lesson = in_discussion(db, world_of)
    client = sign_in(world_of.leader)
    figure = client.get(f"/lessons/{lesson}/timeline?show=figure", headers=PART).get_data(as_text=True)
    assert "<svg" in figure and "<li" not in figure and "<html" not in figure
    none = client.get(f"/lessons/{lesson}/timeline?show=figure&phase=groups", headers=PART).get_data(as_text=True)
    assert "<svg" not in none


def _drawn(client, lesson):
    answer = client.get(f"/lessons/{lesson}/timeline?show=figure", headers=PART)
    return answer.get_data(as_text=True), int(answer.headers["Workgroup-Drawn"])


def test_one_figure_is_drawn_for_all_who_see_the_same_and_says_up_to_where(db, world_of, sign_in):
    w, lesson = world_of, in_discussion(db, world_of)
    leader, member = sign_in(w.leader), sign_in(w.participant)
    first, number = _drawn(leader, lesson)
    a_noticing(db, w, lesson=lesson, second="1900")
    again, still = _drawn(leader, lesson)
    assert (again, still) == (first, number)
    assert store.value(db, "select max(changed) from noticing where lesson = ?", (lesson,)) > still
    assert _drawn(member, lesson)[0] != first, "the teacher’s own figure is another one"


def test_what_was_hidden_is_in_no_figure_from_that_moment_on(db, world_of, sign_in):
    w, lesson = world_of, in_discussion(db, world_of)
    noticing = a_noticing(db, w, lesson=lesson, second="1900")
    leader = sign_in(w.leader)
    before, _ = _drawn(leader, lesson)
    do(db, "lessons.hide", w.participant, noticing=noticing)
    after, _ = _drawn(leader, lesson)
    assert before != after
    do(db, "lessons.show_again", w.participant, noticing=noticing)
    assert _drawn(leader, lesson)[0] != after


def test_the_figure_is_drawn_from_less_and_says_the_same_as_from_the_whole_of_each_moment(db, world_of):
    w = world_of
    lesson = in_discussion(db, w)
    a_noticing(db, w, lesson=lesson, words="Moved two")
    silent, hidden, gone = (a_noticing(db, w, lesson=lesson, words="") for _ in range(3))
    do(db, "lessons.add_words", w.colleague, noticing=silent, words="Said afterwards")
    do(db, "lessons.hide", w.participant, noticing=hidden)
    do(db, "lessons.withdraw_noticing", w.colleague, noticing=gone)
    do(db, "lessons.share", w.participant, lesson=lesson, shared_with="hub")
    found, many = queries.lesson(db, lesson), []
    for viewer in (w.leader, w.participant, w.colleague, w.hub_lead, w.outsider):
        standing = queries.standing(db, viewer, found)
        whole = noticing_queries.seen(db, viewer, found, standing)
        assert drawn(found, noticing_queries.places(db, viewer, found, standing), []) == drawn(found, whole, [])
        many.append(len(whole))
    assert many[:2] == [3, 4] and many[4] == 0, many
