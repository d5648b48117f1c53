"""A flag on one's own moment: shown to whoever sees the moment, and the same in every order of arrival."""

import itertools

import pytest

from tests.lessons.examples import a_noticing
from tests.world import do
from workgroup import clock, store


def _flagged(db, noticing):
    return store.value(db, "select flagged from noticing where id = ?", (noticing,))


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_the_latest_say_counts_whichever_arrives_first(db, world_of, order):
    noticing = a_noticing(db, world_of)
    says = [(clock.after(-30), "yes"), (clock.after(-20), "no"), (clock.after(-10), "yes")]
    for place in order:
        at, flagged = says[place]
        do(db, "lessons.flag", world_of.colleague, at=at, noticing=noticing, flagged=flagged)
    assert _flagged(db, noticing) == 1


def test_a_flag_shows_on_the_timeline_and_can_be_taken_away_in_quiet_notes(db, world_of, sign_in):
    noticing = a_noticing(db, world_of)
    lesson = store.value(db, "select lesson from noticing where id = ?", (noticing,))
    client = sign_in(world_of.colleague)
    client.post(f"/noticings/{noticing}/flag", data={"flagged": "yes"})
    assert "to talk about" in client.get(f"/lessons/{lesson}/timeline").get_data(as_text=True)
    assert "Do not talk about this" in client.get(f"/lessons/{lesson}/mine").get_data(as_text=True)
    client.post(f"/noticings/{noticing}/flag", data={"flagged": "no"})
    assert _flagged(db, noticing) == 0
    assert "to talk about" not in client.get(f"/lessons/{lesson}/timeline").get_data(as_text=True)
