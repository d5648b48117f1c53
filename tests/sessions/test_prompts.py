"""Questions to reflect on: a session's own, else its group's, else the hub's; their order, words, and taking away."""

from tests.sessions.examples import a_prompt, a_session
from tests.world import do
from workgroup import door, store
from workgroup.people import post
from workgroup.sessions import prompt_queries, queries

FIRST = "What will you do differently, and why?"


def _asked(db, session):
    return [p["words"] for p in prompt_queries.prompts(db, queries.session(db, session))]


def _say(client, address, **fields):
    return client.post(address, data=fields).status_code


def test_a_session_asks_the_hubs_questions_until_it_has_its_own(db, world_of):
    session, other = a_session(db, world_of), a_session(db, world_of, 20)
    usual = _asked(db, session)
    assert usual[0] == FIRST and len(usual) == 3
    a_prompt(db, world_of, session)
    assert _asked(db, session) == [*usual, "What did Pupil A see?"]
    assert _asked(db, other) == usual, "what is said of one session is said of no other"


def test_a_group_asks_its_own_in_every_session_without_questions_of_its_own(db, world_of):
    w = world_of
    own, session = a_session(db, w), a_session(db, w, 20)
    a_prompt(db, w, own)
    do(db, "sessions.add_prompt", w.leader, work_group=w.group, words="What did our schools say?")
    assert _asked(db, session)[-1] == "What did our schools say?" and len(_asked(db, session)) == 4
    assert "What did our schools say?" not in _asked(db, own)
    far = do(db, "sessions.plan", w.far_leader, work_group=w.far_group, kind="TRG", title="Far", day="2026-11-17",
             starts="09:00", ends="12:00", mode="online", anyway="y", agenda="usual").about  # fmt: skip
    assert len(_asked(db, far)) == 3, "another group hears nothing of it"


def test_the_first_question_said_by_a_tap_keeps_the_others_and_without_words_is_the_usual_one_again(db, world_of):
    session = a_session(db, world_of)
    rest = _asked(db, session)[1:]
    do(db, "sessions.set_question", world_of.leader, session=session, words="")
    assert _asked(db, session) == [FIRST, *rest] and prompt_queries.own(db, session=session) == []
    do(db, "sessions.set_question", world_of.leader, session=session, words="And Table 3?")
    assert _asked(db, session) == ["And Table 3?", *rest]
    do(db, "sessions.set_question", world_of.leader, session=session, words="")
    assert _asked(db, session) == [FIRST, *rest]


def test_a_leader_changes_moves_takes_away_and_brings_back_by_buttons(db, world_of, sign_in):
    session, client = a_session(db, world_of), sign_in(world_of.leader)
    address = f"/sessions/{session}/prompts"
    page = client.get(address).get_data(as_text=True)
    assert "the hub’s usual ones" in page and FIRST in page
    second = prompt_queries.prompts(db, queries.session(db, session))[1]
    assert _say(client, f"{address}/{second['id']}/move", direction="up") == 303
    assert _asked(db, session)[:2] == [second["words"], FIRST]
    assert "the hub’s usual ones" not in client.get(address).get_data(as_text=True)
    # the page that was open still names the hub's question: the session's copy of it is meant
    fields = {"words": "Who <b>surprised</b> you?", "seen": second["wording"]}
    assert _say(client, f"{address}/{second['id']}/edit", **fields) == 303
    assert _asked(db, session)[0] == "Who <b>surprised</b> you?"
    assert "&lt;b&gt;surprised" in client.get(address).get_data(as_text=True)
    [first, *_] = prompt_queries.own(db, session=session)
    assert _say(client, f"{address}/{first['id']}/withdraw") == 303
    assert _asked(db, session)[0] == FIRST and len(_asked(db, session)) == 2
    assert _say(client, f"{address}/{first['id']}/withdraw") == 422
    assert _say(client, f"{address}/{first['id']}/restore") == 303
    assert _asked(db, session)[-1] == "Who <b>surprised</b> you?"
    assert _say(client, f"{address}/{first['id']}/burn") == 404


def test_with_the_last_of_its_own_taken_away_a_session_asks_the_usual_ones_again(db, world_of):
    session = a_session(db, world_of)
    a_prompt(db, world_of, session)
    for p in prompt_queries.own(db, session=session):
        do(db, "sessions.withdraw_prompt", world_of.leader, session=session, prompt=p["id"])
    assert _asked(db, session)[0] == FIRST and len(_asked(db, session)) == 3


def test_two_leaders_who_change_the_same_words_are_shown_both(db, world_of, sign_in):
    session, client = a_session(db, world_of), sign_in(world_of.leader)
    seen = prompt_queries.prompts(db, queries.session(db, session))[0]
    address = f"/sessions/{session}/prompts/{seen['id']}/edit"
    assert _say(sign_in(world_of.co_leader), address, words="Theirs?", seen=seen["wording"]) == 303
    answer = client.post(address, data={"words": "Mine?", "seen": seen["wording"]})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 409 and "Theirs?" in text and "Mine?" in text and _asked(db, session)[0] == "Theirs?"
    empty = client.post(address, data={"words": " ", "seen": seen["wording"]})
    assert empty.status_code == 422 and "Enter the question." in empty.get_data(as_text=True)


def test_there_are_eight_at_most_and_the_hub_keeps_one(db, world_of):
    w, session = world_of, a_session(db, world_of)
    for n in range(5):
        a_prompt(db, w, session, f"Question {n}?")
    more = door.submit(db, "sessions.add_prompt", {"session": session, "words": "More?"}, post.new_id(), w.leader)
    assert more.standing == "refused" and "enough" in str(more.errors)
    first, *rest = prompt_queries.own(db)
    for p in rest:
        do(db, "sessions.withdraw_prompt", w.administrator, prompt=p["id"])
    last = door.submit(db, "sessions.withdraw_prompt", {"prompt": first["id"]}, post.new_id(), w.hub_lead)
    assert last.standing == "refused" and "One question stays" in str(last.errors)


def test_only_the_leaders_of_a_list_change_it_and_no_list_takes_anothers(db, world_of, sign_in):
    w, session = world_of, a_session(db, world_of)
    id = a_prompt(db, w, session)
    for who in (w.participant, w.neighbour, w.far_leader, w.hub_lead, w.administrator):
        client = sign_in(who)
        assert client.get(f"/sessions/{session}/prompts").status_code == 404
        assert _say(client, f"/sessions/{session}/prompts", words="Mine?") == 404
        assert _say(client, f"/sessions/{session}/prompts/{id}/withdraw") == 404
    for who in (w.participant, w.far_leader, w.hub_lead):
        assert sign_in(who).get(f"/groups/{w.group}/prompts").status_code == 404
    assert sign_in(w.leader).get("/prompts").status_code == 404
    assert sign_in(w.administrator).get("/prompts").status_code == 200
    # a list that somebody leads, and a question of another: refused, whoever says it
    fields = {"work_group": w.far_group, "prompt": id}
    assert door.submit(db, "sessions.withdraw_prompt", fields, post.new_id(), w.far_leader).standing == "refused"
    assert door.submit(db, "sessions.withdraw_prompt", {"prompt": id}, post.new_id(), w.hub_lead).standing == "refused"
    page = sign_in(w.leader).get(f"/groups/{w.group}/prompts").get_data(as_text=True)
    assert "These are the hub’s" in page and "What did Pupil A see?" not in page


def test_a_double_tap_on_adding_adds_once(db, world_of, sign_in):
    session, client = a_session(db, world_of), sign_in(world_of.leader)
    fields = {"words": "Once?", "change_id": post.new_id()}
    for _ in range(2):
        assert _say(client, f"/sessions/{session}/prompts", **fields) == 303
    assert _asked(db, session).count("Once?") == 1



def test_a_question_that_a_session_had_before_becomes_its_own_and_none_that_had_none_gets_one(tmp_path):
    db = store.connect(tmp_path / "old.sqlite")
    store.migrations().apply(db, stop_before="0034_prompts")
    db.conn.execute("pragma foreign_keys = off")
    for id, question in (("with", "What did Pupil A see?"), ("without", None)):
        db.conn.execute(
            "insert into session (id, work_group, number, kind, title, mode, starts_at, ends_at, question)"
            " values (?, 'g', 1, 'TRG', 't', 'online', '2027-01-01', '2027-01-02', ?)",
            (id, question),
        )
    store.migrate(db)
    asked = {id: prompt_queries.prompts(db, {"id": id, "work_group": "g"}) for id in ("with", "without")}
    assert [p["words"] for p in asked["with"]] == ["What did Pupil A see?"]
    assert asked["without"][0]["words"] == FIRST and len(asked["without"]) == 3
    db.conn.close()
