"""The door and the ledger: chained, numbered, words apart; each way in which changes meet."""

from tests.world import days, do
from workgroup import door, ledger, store
from workgroup.people import post


def test_every_entry_is_numbered_and_chained_to_the_one_before(db, world_of):
    numbers = [r["number"] for r in store.rows(db, "select number from ledger order by number")]
    assert numbers == list(range(1, len(numbers) + 1)) and len(numbers) > 10
    assert ledger.check(db) == []


def test_changing_a_ledger_row_is_noticed(db, world_of):
    with store.writing(db):
        db.conn.execute("update ledger set by = 'somebody else' where number = 3")
    assert ledger.check(db) == ["ledger row 4 does not follow the row before it"]


def test_taking_a_ledger_row_away_is_noticed(db, world_of):
    with store.writing(db):
        db.conn.execute("delete from ledger_words where number = 3")
        db.conn.execute("delete from ledger where number = 3")
    assert ledger.check(db) == ["ledger row 4 does not follow the row before it"]


def test_changing_words_is_noticed(db, world_of):
    with store.writing(db):
        db.conn.execute("update ledger_words set said = '{}' where number = 3")
    assert ledger.check(db) == ["the words of ledger row 3 are not the ones that were entered"]


def test_erasing_words_leaves_the_chain_whole(db, world_of):
    with store.writing(db):
        db.conn.execute("delete from ledger_words")
    assert ledger.check(db) == []


def test_a_page_written_from_an_older_one_is_stale_and_shows_what_stands_now(db, world_of):
    def save(name, seen):
        return door.submit(db, "people.edit_hub", {"name": name, "seen": seen}, post.new_id(), world_of.hub_lead)

    assert save("First", "1").standing == "entered"
    second = save("Second", "1")
    assert second.standing == "stale"
    assert second.now["name"] == "First" and second.form.name.data == "Second"
    assert save("Second", "2").standing == "entered"


def test_a_refused_entry_of_a_batch_leaves_the_others(db, world_of):
    w = world_of
    rows = [
        ("people.edit_account", {"name": "New Name"}, post.new_id(), w.leader, None, None),
        ("people.edit_account", {"name": ""}, post.new_id(), w.leader, None, None),
        ("no.such.kind", {}, post.new_id(), w.leader, None, None),
        ("people.edit_account", {"name": "Newest Name"}, post.new_id(), w.leader, None, None),
    ]
    assert [o.standing for o in door.submit_all(db, rows)] == ["entered", "refused", "refused", "entered"]
    assert store.value(db, "select name from person where id = ?", (w.leader,)) == "Newest Name"
    assert ledger.check(db) == []


def test_a_person_who_left_may_no_longer_but_what_they_wrote_before_still_comes_in(db, world_of):
    w = world_of
    do(db, "groups.end_membership", w.leader, membership=w.co_leader_membership, to_on=days(-10))
    change = {"work_group": w.group, "name": "Depth"}
    now = door.submit(db, "groups.add_tag", change, post.new_id(), w.co_leader)
    then = door.submit(db, "groups.add_tag", change, post.new_id(), w.co_leader, at=f"{days(-20)}T10:00:00.000Z")
    assert (now.standing, then.standing) == ("refused", "entered")


def test_a_tablet_whose_clock_runs_ahead_gains_no_rights(db, world_of):
    w = world_of
    outcome = door.submit(
        db, "groups.add_tag", {"work_group": w.far_group, "name": "Depth"}, post.new_id(), w.leader,
        at="2099-01-01T10:00:00.000Z",
    )  # fmt: skip
    assert outcome.standing == "refused"
