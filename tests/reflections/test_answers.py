"""Answers to several questions: each kept with the words it answers, whatever became of the question since."""

import pytest

from tests.reflections.examples import a_reflection
from tests.reflections.test_visibility import SEEN_BY, WHO
from tests.sessions.examples import a_prompt, a_session
from tests.tasks.examples import a_task
from tests.world import do
from workgroup import clock, door, forgetting, holding, personal, store
from workgroup.home import finding
from workgroup.people import post
from workgroup.reflections import queries
from workgroup.sessions import prompt_queries
from workgroup.sessions import queries as sessions

SECRET = "Only for those it is for"


def _prompts(db, session):
    return prompt_queries.prompts(db, sessions.session(db, session))


def _answered(db, w, session, **more):
    """Write about a session to its first question and to another, and return the reflection's id."""
    first, second, *_ = _prompts(db, session)
    answers = {"answers-0-prompt": second["wording"], "answers-0-words": SECRET}
    return a_reflection(db, w, session=session, words="Fewer worksheets", prompt=first["wording"], **answers, **more)


def _page(client, address):
    return client.get(address).get_data(as_text=True)


def test_one_question_is_asked_and_the_others_are_offered_below_it(db, world_of, sign_in):
    w, session = world_of, a_session(db, world_of)
    first, *others = _prompts(db, session)
    page = _page(sign_in(w.participant), f"/reflections/new?session={session}")
    label = f'<label for="words">{first["words"]}</label>'
    assert label in page and "More to think about, if you like" in page
    assert page.index(label) < page.index("More to think about") < page.index(others[0]["words"])
    assert "<details class=\"more\" >" in page, "closed: four minutes are for the first"


def test_each_answer_stands_under_the_words_it_answers_also_after_the_question_changed(db, world_of, sign_in):
    w, session = world_of, a_session(db, world_of)
    first, second, _ = _prompts(db, session)
    id = _answered(db, w, session, visibility="specialist")
    do(db, "sessions.edit_prompt", w.leader, session=session, prompt=second["id"], seen=second["wording"], words="New?")
    do(db, "sessions.withdraw_prompt", w.leader, session=session, prompt=first["id"])
    own = f"/reflections/{id}"
    for who, address in ((w.participant, own), (w.participant, "/reflections"), (w.leader, own),
                         (w.leader, f"/sessions/{session}/reflections"), (w.leader, "/reflections")):  # fmt: skip
        page = _page(sign_in(who), address).split("Shared with you")[-1]
        places = [page.index(words) for words in (first["words"], "Fewer worksheets", second["words"], SECRET)]
        assert places == sorted(places), address
    edit = _page(sign_in(w.participant), f"/reflections/{id}/edit")
    assert f'<label for="words">{first["words"]}</label>' in edit and second["words"] in edit
    assert "New?" not in edit, "what was answered in its old words is not asked again"


@pytest.mark.parametrize(("visibility", "state"), SEEN_BY)
def test_answers_are_read_by_exactly_those_the_reflection_is_for(db, world_of, sign_in, visibility, state):
    w, session = world_of, a_session(db, world_of)
    id = _answered(db, w, session, visibility=visibility, state=state)
    seen, found = set(), set()
    for who in WHO:
        client, person = sign_in(getattr(w, who)), getattr(w, who)
        addresses = (f"/reflections/{id}", "/reflections", f"/sessions/{session}/reflections", f"/sessions/{session}")
        if any(SECRET in _page(client, address) for address in addresses):
            seen.add(who)
        if finding.find(db, person, SECRET).get("reflection"):
            found.add(who)
    assert seen == found == SEEN_BY[visibility, state]


def test_words_to_a_question_nobody_knows_here_are_kept_without_it_and_none_of_another_group_is_shown(db, world_of):
    w, session = world_of, a_session(db, world_of)
    far = post.new_id()
    do(db, "sessions.add_prompt", w.far_leader, id=far, work_group=w.far_group, words="Their private matter?")
    theirs = prompt_queries.prompt(db, far)["wording"]
    answers = {"answers-0-prompt": theirs, "answers-0-words": "A",
               "answers-1-prompt": post.new_id(), "answers-1-words": "B"}  # fmt: skip
    id = a_reflection(db, w, session=session, prompt=theirs, **answers)
    found = queries.reflection(db, w.participant, id)
    assert found["asked"] is None
    assert [(a["words"], a["asked"]) for a in found["answers"]] == [("A", None), ("B", None)]


def test_a_page_kept_from_before_there_were_several_still_writes(db, world_of, sign_in):
    w, session = world_of, a_session(db, world_of)
    old = {"session": session, "words": "From an old page", "visibility": "me", "state": "final", "after": ""}
    assert sign_in(w.participant).post("/reflections", data=old).status_code == 303
    [found] = queries.mine(db, w.participant)
    assert (found["words"], found["asked"], found["answers"]) == ("From an old page", None, [])
    page = _page(sign_in(w.participant), f"/reflections/{found['id']}/edit")
    assert '<label for="words">Your words</label>' in page, "nothing is said to be an answer that may be none"


def test_what_two_devices_answered_stands_side_by_side_and_is_joined_question_by_question(db, world_of, sign_in):
    w, session = world_of, a_session(db, world_of)
    id, client = _answered(db, w, session, visibility="me"), sign_in(w.participant)
    second, third = _prompts(db, session)[1:]
    for words, wording in (("Phone", second["wording"]), ("Laptop", third["wording"])):
        fields = {"words": words, "after": id, "visibility": "me", "state": "final", "answers-0-prompt": wording,
                  "answers-0-words": f"{words} answers"}  # fmt: skip
        assert client.post(f"/reflections/{id}/edit", data=fields).status_code == 303
    page = _page(client, f"/reflections/{id}/edit")
    assert "Phone answers" in page and "Laptop answers" in page and '<details class="more" open>' in page
    version = store.value(db, "select id from reflection_words where words = 'Laptop'")
    assert client.post(f"/reflections/{id}/choose", data={"version": version}).status_code == 303
    [answer] = queries.reflection(db, w.participant, id)["answers"]
    assert (answer["words"], answer["asked"]) == ("Laptop answers", third["words"])


def test_a_wrong_form_loses_no_answer(db, world_of, sign_in):
    w, session = world_of, a_session(db, world_of)
    second = _prompts(db, session)[1]
    fields = {"session": session, "words": " ", "visibility": "me", "state": "final",
              "answers-0-prompt": second["wording"], "answers-0-words": "Typed <i>& kept"}  # fmt: skip
    answer = sign_in(w.participant).post("/reflections", data=fields)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422 and "Typed &lt;i&gt;&amp; kept" in text and text.count(second["words"]) == 1
    long = {**fields, "words": "x", "answers-0-words": "x" * 10_001}
    assert "Use 10,000 characters or fewer." in sign_in(w.participant).post("/reflections", data=long).get_data(True)
    assert queries.mine(db, w.participant) == []


def test_the_link_of_the_mail_asks_them_too_and_an_entry_sent_again_is_one(db, world_of):
    w, session = world_of, a_session(db, world_of)
    second = _prompts(db, session)[1]
    id = post.new_id()
    fields = {"session": session, "words": "One", "visibility": "me", "state": "final",
              "answers-0-prompt": second["wording"], "answers-0-words": "Two", "answers-1-words": " "}  # fmt: skip
    standings = [door.submit(db, "reflections.write", fields, id, w.participant).standing for _ in range(2)]
    assert standings == ["entered", "already"]
    assert store.value(db, "select count(*) from reflection_answer") == 1


def test_a_gap_task_is_reflected_on_by_the_groups_questions(db, world_of, sign_in):
    w = world_of
    task = a_task(db, w)
    do(db, "sessions.add_prompt", w.leader, work_group=w.group, words="What did our schools say?")
    page = _page(sign_in(w.participant), f"/reflections/new?gap_task={task}")
    assert "What did our schools say?" in page


def test_who_is_erased_leaves_no_answer_behind_and_takes_them_along(db, world_of):
    w, session = world_of, a_session(db, world_of)
    _answered(db, w, session, visibility="me")
    assert [a["words"] for a in holding.export(db, w.participant)["reflection_answer"]] == [SECRET]
    with store.writing(db):
        personal.erase(db, w.participant, "2027-01-01T00:00:00.000Z")
    forgetting.forget(db)
    assert SECRET not in "".join(db.conn.iterdump())


def test_the_questions_are_asked_in_the_order_of_the_list(db, world_of, sign_in):
    w, session = world_of, a_session(db, world_of)
    id = a_prompt(db, w, session, "Last of all?")
    for _ in range(3):
        do(db, "sessions.move_prompt", w.leader, session=session, prompt=id, direction="up")
    page = _page(sign_in(w.participant), f"/reflections/new?session={session}")
    assert '<label for="words">Last of all?</label>' in page


def test_answers_come_over_the_wire_and_a_name_the_form_does_not_read_is_refused(db, world_of, sign_in):
    w, session = world_of, a_session(db, world_of)
    second, client = _prompts(db, session)[1], sign_in(w.participant)

    def send(**more):
        fields = {"session": session, "words": "One", "visibility": "me", "state": "final", **more}
        entry = {"id": post.new_id(), "kind": "reflections.write", "by": w.participant, "at": clock.now(), "seq": 1,
                 "boot": post.new_id(), "ticks": 1.5, "fields": fields}  # fmt: skip
        batch = {"tablet": post.new_id(), "sent": clock.now(), "entries": [entry]}
        return client.post("/sync", json=batch).json["standings"][0]["standing"]

    assert send(**{"answers-0-prompt": second["wording"], "answers-0-words": "Two"}) == "entered"
    [found] = queries.mine(db, w.participant)
    assert [(a["asked"], a["words"]) for a in found["answers"]] == [(second["words"], "Two")]
    for name in ("answers", "answers-0-text", "answers-x-words", "answers-12345-words", "others-0-words"):
        assert send(**{name: "Lost without a word"}) == "refused", name
