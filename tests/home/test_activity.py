"""History in sentences: who did what and when, never the words, and nothing of what people write for themselves."""

import re

from tests.groups.examples import WORDS as NAMES
from tests.lessons.examples import a_noticing, in_discussion
from tests.reflections.examples import a_reflection
from tests.sessions.examples import a_session
from tests.tasks.examples import a_return
from tests.world import do
from workgroup import door
from workgroup.home import activity

# what is no history of anybody else's, or a small step within what is told
QUIET = re.compile(
    r"^(reflections\.|tablet\.|welcome\.|people\.(ask_for_link|edit_account|edit_tablet|lock|set_password|set_pin|set_trn|sign_in|sign_out|sign_others_out"
    r"|unlock|use_link)$|sessions\.(note_to_self|make_feed|end_feed|claim|go_in|keep_as_own|turn_away)$|visits\.(note|add_words|withdraw_note|restore_note)$"
    r"|plans\.(edit|move|withdraw|restore)_(aim|action|progress)$"
    r"|lessons\.(add_words|comment|flag|hide|show_again|link_task|mark_phase|pen|photo_came|tag)$|lessons\.(restore|withdraw)_"
    r"|tasks\.photo_came$|evaluations\.(edit|move|restore|withdraw|write)$"
    r"|days\.(enter|take|decline|suggest_again|edit|withdraw|restore|settle|correct)$)"
)


def test_every_kind_is_told_or_left_out_on_purpose():
    door.open_up()
    told = set(activity.WORDS) | set(activity.OF_HUB)
    assert told <= set(door.KINDS)
    assert not [k for k in told if QUIET.match(k)]
    assert not [k for k in door.KINDS if k not in told and not QUIET.match(k)]


def _page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True).split("<main")[1]).split())


def test_a_leader_reads_who_did_what_and_never_the_words(db, world_of, sign_in):
    w = world_of
    lesson = in_discussion(db, w)
    for n in range(3):
        a_noticing(db, w, by="participant", lesson=lesson, words=f"Secret {n}")
    session = a_session(db, w, 5, title="Variation <b>in practice")
    do(db, "sessions.note", w.leader, session=session, words="Secret note")
    do(db, "sessions.set_state", w.leader, session=session, state="postponed", why="Secret reason")
    a_return(db, w)
    a_reflection(db, w, words="Secret reflection")
    text = _page(sign_in(w.leader), f"/groups/{w.group}/activity")
    assert "Nadine Member noticed 3 moments in" in text
    assert "Bethan Leader planned Variation &lt;b&gt;in practice" in text
    assert "Bethan Leader put off Variation" in text
    assert "Nadine Member gave a gap task back for Staithe Lane" in text and "wrote a note on Variation" in text
    assert "Secret" not in text and "reflection" not in text.lower()
    for other in (w.participant, w.outsider, w.hub_lead, w.far_leader):
        assert sign_in(other).get(f"/groups/{w.group}/activity").status_code == 404


def test_another_groups_history_is_its_own(db, world_of, sign_in):
    w = world_of
    a_session(db, w, 5, title="Ours alone")
    assert "Ours alone" not in _page(sign_in(w.far_leader), f"/groups/{w.far_group}/activity")


def test_the_hub_reads_what_was_done_in_it_and_nothing_of_lessons(db, world_of, sign_in):
    w = world_of
    lesson = in_discussion(db, w)
    a_noticing(db, w, lesson=lesson, words="Secret")
    do(db, "people.erase", w.hub_lead, person=w.neighbour)
    mistake = do(db, "groups.create", w.hub_lead, **NAMES | {"title": "Twice", "academic_year": "2026/27"}).about
    do(db, "groups.take_out", w.hub_lead, work_group=mistake)
    text = _page(sign_in(w.administrator), "/activity")
    assert "made by mistake " in text and "mistake:" not in text, "it has no name any more"
    assert "Helen Lead invited Adam Admin" in text and "Helen Lead made Primary South" in text
    assert "erased Somebody who has left" in text and "Sunita" not in text
    assert "noticed" not in text and "Secret" not in text
    assert sign_in(w.leader).get("/activity").status_code == 404


def test_long_histories_come_in_portions(db, world_of, sign_in, monkeypatch):
    w = world_of
    monkeypatch.setattr(activity, "PAGE", 5)
    for n in range(8):
        a_session(db, w, n + 1, title=f"Number {n}")
    client = sign_in(w.leader)
    first = _page(client, f"/groups/{w.group}/activity")
    assert "Number 7" in first and "Number 1" not in first and "Earlier" in first
    _, more = activity.of_group(db, w.group)
    assert "Number 1" in _page(client, f"/groups/{w.group}/activity?before={more}")
    assert client.get(f"/groups/{w.group}/activity?before=soon").status_code == 200
