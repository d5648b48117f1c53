"""A gap task that goes on to the next session, and what came back, as the next session shows them."""

import pytest

from tests.sessions.examples import a_session
from tests.tasks.examples import a_task
from tests.world import days, do
from workgroup import store


def test_a_task_carried_on_waits_at_the_next_session_and_is_due_by_then(db, world_of, sign_in):
    w = world_of
    first, second, third = (a_session(db, w, day) for day in (-40, 0, 40))
    task = a_task(db, w, session=first, words="Try one bar for two fractions", due_on=days(0))
    client = sign_in(w.leader)
    assert "Try one bar" in client.get(f"/sessions/{second}/gap-tasks").get_data(as_text=True)
    assert client.post(f"/gap-tasks/{task}/carry").status_code == 303
    carried = store.row(db, "select * from gap_task where carried_from = ?", (task,))
    assert (carried["session"], carried["due_on"]) == (second, days(40))
    assert "Try one bar" in client.get(f"/sessions/{third}/gap-tasks").get_data(as_text=True)


WENT = (("did it", "Did it."), ("did part", "Did part of it."), ("not yet", "Not yet."))


@pytest.mark.parametrize(("went", "said"), WENT)
def test_how_it_went_stands_where_a_school_wrote_no_words(db, world_of, sign_in, went, said):
    w = world_of
    first, second = a_session(db, w, -40), a_session(db, w, 40)
    do(db, "tasks.return", w.participant, gap_task=a_task(db, w, session=first), went=went)
    page = sign_in(w.leader).get(f"/sessions/{second}/gap-tasks").get_data(as_text=True)
    assert said in page and page.count("Did it.") == (went == "did it")
