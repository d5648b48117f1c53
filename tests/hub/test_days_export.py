"""The days export: exact columns, every cell in both formats, narrowed, as at a day, and whose it is."""

import tracemalloc
from decimal import Decimal

import pytest
from click.testing import CliRunner

from tests.days.examples import activity, an_allowance, an_entry, ticked
from tests.formats.test_formats import read_csv, read_xlsx
from tests.hub.conftest import at
from tests.world import days, do
from workgroup import clock, store
from workgroup.cli import main
from workgroup.groups import queries as groups
from workgroup.hub import exports
from workgroup.people.post import new_id

COLUMNS = [
    "hub", "academic_year", "person", "stage", "date", "activity", "days", "work_group", "school", "urn", "rate",
    "amount", "travel", "claimed_on", "reference", "notes",
]  # fmt: skip
NUMBERS = ("days", "rate", "amount", "travel")


@pytest.fixture
def log(db, world_of):
    """A leader with a claimed, a corrected and an open entry, and another leader without a rate."""
    w = world_of
    with store.writing(db):  # in office before what is told here
        db.conn.execute("update hub_role set from_on = ?", (days(-200),))
    w.allowance = an_allowance(db, w, rate="201.02")
    said = {"by": "leader", "work_group": w.group, "school": w.school}
    w.claimed = _at(db, w, -9, on_day=days(-12), days="0.25", travel="3.10", words="=Cards, \"cut\"", **said)
    w.claim = do(db, "days.claim", w.administrator, at=at(-7), entries=ticked(db, w), reference="+TH-1",
                 claimed_on=days(-8)).about  # fmt: skip
    w.correction = do(db, "days.correct", w.leader, at=at(-6), day_entry=w.claimed, days="0", words="-Not held").about
    w.open = _at(db, w, -5, on_day=days(-11), days="1", activity=activity(db, "hub meeting"))
    w.far = _at(db, w, -5, on_day=days(-10), by="far_leader", work_group=w.far_group, travel="12")
    return w


def _at(db, w, day, by="leader", **over):
    fields = {"on_day": days(-10), "activity": activity(db), "days": "0.5", **over}
    return do(db, "days.enter", getattr(w, by), at=at(day), **fields).about


def rows_of(db, viewer, as_at=None, group=None, **narrowed):
    """Return the rows of the export as dicts."""
    found = exports.rows(db, viewer, "days", as_at or days(0), group, **narrowed)
    return [dict(zip(COLUMNS, row, strict=True)) for row in found]


def year(day):
    """Return the academic year of a day so many days from today."""
    return clock.academic_year(days(day))


def test_every_cell_of_days_in_csv_and_xlsx(db, log, settings):
    asked = {"viewer": log.hub_lead, "kind": "days", "as_at": days(0)}
    made = read_csv(exports.chunks(settings.database, format="csv", **asked))
    ours = ["Primary South", "Staithe Lane Primary School", "900001"]
    expected = [
        ["Test Hub", year(-12), "Bethan Leader", "Leading", days(-12), "planning", "0.25", *ours, "201.02", "50.26",
         "3.10", days(-8), "'+TH-1", "'=Cards, \"cut\""],
        ["Test Hub", year(-12), "Bethan Leader", "Leading", days(-12), "planning", "-0.25", *ours, "201.02", "-50.26",
         "-3.10", "", "", "'-Not held"],
        ["Test Hub", year(-11), "Bethan Leader", "Leading", days(-11), "hub meeting", "1", "", "", "", "201.02",
         "201.02", "", "", "", ""],
        ["Test Hub", year(-10), "Marcus Farleader", "", days(-10), "planning", "0.5", "Secondary Estuary", "", "", "",
         "", "12.00", "", "", ""],
    ]  # fmt: skip
    assert made[0] == COLUMNS and sorted(made[1:]) == sorted(expected)
    assert sum(Decimal(row[COLUMNS.index("amount")] or 0) for row in made[1:]) == Decimal("201.02")
    book = read_xlsx(exports.chunks(settings.database, format="xlsx", **asked))
    assert book[0] == COLUMNS and len(book) == 5
    for typed, row in zip(book[1:], made[1:], strict=True):
        for name, cell, said in zip(COLUMNS, typed, row, strict=True):
            if name in NUMBERS and said:
                assert isinstance(cell, int | float) and Decimal(str(cell)) == Decimal(said), name
            else:
                assert cell == (said.removeprefix("'") or None), name


def test_days_are_narrowed_to_a_group_a_person_and_a_time(db, log):
    hub = log.hub_lead
    assert {r["person"] for r in rows_of(db, hub, group=log.far_group)} == {"Marcus Farleader"}
    assert {r["person"] for r in rows_of(db, hub, person=log.leader)} == {"Bethan Leader"}
    assert [r["date"] for r in rows_of(db, hub, from_on=days(-11), to_on=days(-11))] == [days(-11)]
    whole = exports.span(db, "2026/27")
    assert whole == {"from_on": "2026-09-01", "to_on": "2027-08-31"} and exports.span(db) == {}
    term = groups.half_terms(db, "2026/27")[2]
    assert exports.span(db, "2026/27", "Spring 1") == {"from_on": term["from_on"], "to_on": term["to_on"]}


def test_as_at_a_day_knows_only_what_was_entered_and_claimed_by_then(db, log):
    w = log
    do(db, "days.unclaim", w.administrator, at=at(-3), claim=w.claim, day_entry=w.claimed, why="Other project")
    fields = {"on_day": days(-11), "activity": activity(db), "days": "2", "words": "Now", "seen": "1"}
    do(db, "days.edit", w.leader, at=at(-2), day_entry=w.open, **fields)
    do(db, "days.withdraw", w.far_leader, at=at(-1), day_entry=w.far)

    def then(day):
        rows = rows_of(db, w.hub_lead, days(day))
        return sorted((r["person"][:6], str(r["days"]), r["claimed_on"], r["notes"]) for r in rows)

    cards = '=Cards, "cut"'
    assert then(-10) == []
    assert then(-9) == then(-8) == [("Bethan", "0.25", None, cards)]
    assert then(-7) == [("Bethan", "0.25", days(-8), cards)]
    assert then(-4) == [("Bethan", "-0.25", None, "-Not held"), ("Bethan", "0.25", days(-8), cards),
                        ("Bethan", "1", None, None), ("Marcus", "0.5", None, None)]  # fmt: skip
    assert ("Bethan", "0.25", None, cards) in then(-3) and ("Bethan", "1", None, None) in then(-3)
    assert ("Bethan", "2", None, "Now") in then(-2) and ("Marcus", "0.5", None, None) in then(-2)
    assert [row for row in then(-1) if row[0] == "Marcus"] == []


def test_a_leader_exports_their_own_days_and_nobody_else_s(db, log, sign_in):
    client = sign_in(log.leader)
    page = client.get("/hub/exports?kind=days").get_data(as_text=True)
    assert "Days: 3 rows" in page and "Marcus" not in page and "Myself" in page
    made = read_csv([client.get("/hub/exports/days").data])
    assert {row[2] for row in made[1:]} == {"Bethan Leader"}
    assert client.get("/hub/exports/days", query_string={"person": log.far_leader}).status_code == 404
    assert client.get("/hub/exports/days", query_string={"group": log.far_group}).status_code == 404
    assert {r["person"] for r in rows_of(db, log.co_leader)} == set()
    assert rows_of(db, log.leader, person=log.far_leader) == []
    for who in ("participant", "outsider"):
        assert sign_in(getattr(log, who)).get("/hub/exports/days").status_code == 404
        assert rows_of(db, getattr(log, who)) == []


def test_the_preview_narrows_and_its_download_links_keep_it(log, sign_in):
    client, day = sign_in(log.administrator), days(0)
    asked = {"kind": "days", "person": log.leader, "year": year(-11), "as_at": day}
    page = client.get("/hub/exports", query_string=asked).get_data(as_text=True)
    assert "Bethan Leader" in page and 'name="half_term"' in page
    link = f"/hub/exports/days?format=xlsx&group=&as_at={day}&person={log.leader}&year={year(-11).replace('/', '%2F')}"
    assert f'href="{link}&half_term="'.replace("&", "&amp;") in page.replace("2026/27", "2026%2F27")
    rows = read_xlsx([client.get(link).data])
    assert len(rows) > 1 and {row[2] for row in rows[1:]} == {"Bethan Leader"}
    assert "preview" in page and "amount</th>" in page and 'name="person"' not in client.get("/hub/exports").text


@pytest.mark.parametrize(("asked", "said"), [
    ({"year": "soon"}, "Enter an academic year like 2026/27."),
    ({"half_term": "Spring 1"}, "Choose the academic year of this half-term too."),
    ({"half_term": "Winter", "year": "2026/27"}, "Choose one from the list."),
])  # fmt: skip
def test_a_time_that_is_none_is_said(log, sign_in, asked, said):
    for path in ("/hub/exports", "/hub/exports/days"):
        answer = sign_in(log.hub_lead).get(path, query_string={"kind": "days", **asked})
        assert answer.status_code == 422 and said in answer.get_data(as_text=True), path


def test_nothing_entered_is_said(world_of, sign_in):
    page = sign_in(world_of.hub_lead).get("/hub/exports?kind=days").get_data(as_text=True)
    assert "No day was entered by this day that fits." in page


def test_days_leave_by_the_command_line_too(log, settings, tmp_path, sign_in):
    run = lambda *words: CliRunner().invoke(main, ["--database", str(settings.database), "export", "days", *words])  # noqa: E731
    whole = run("--format", "csv")
    assert whole.exit_code == 0 and whole.stdout_bytes == sign_in(log.hub_lead).get("/hub/exports/days").data
    out = tmp_path / "days.xlsx"
    assert run("--format", "xlsx", "--out", str(out), "--person", "far_leader@example.org").exit_code == 0
    assert [row[2] for row in read_xlsx([out.read_bytes()])[1:]] == ["Marcus Farleader"]
    assert len(read_csv([run("--year", "1999/00").stdout_bytes])) == 1
    for words in (("--person", "nobody@example.org"), ("--year", "soon"), ("--half-term", "Spring 1")):
        refused = run(*words)
        assert refused.exit_code == 1 and refused.stdout == "" and words[1] in refused.stderr
    words = ["--database", str(settings.database), "export", "attendance", "--person", "far_leader@example.org"]
    other = CliRunner().invoke(main, words)
    assert other.exit_code == 1 and "Only days are narrowed" in other.stderr
    assert run("--leader", "far_leader@example.org").exit_code == 1


def test_the_dictionary_explains_every_column_of_days(log, sign_in):
    page = sign_in(log.leader).get("/hub/exports/dictionary").get_data(as_text=True)
    assert all(f"<dt>{name}</dt>" in page[page.index('id="days"') :] for name in COLUMNS)


def test_twenty_thousand_days_stream_in_little_memory(db, log, settings):
    names = ("day_entry", "at", "by", "academic_year", "on_day", "word", "quarters", "travel_pence")
    planning = activity(db)
    ids = [new_id() for _ in range(20_000)]
    entry = ("id", "person", "academic_year", "on_day", "activity", "word", "quarters", "at")
    with store.writing(db):
        store.put_many(db, "day_entry", entry, (
            (id, log.leader, year(-11), days(-11), planning, "planning", 2, at(-5)) for id in ids))  # fmt: skip
        store.put_many(db, "day_history", names, (
            (id, at(-5), log.leader, year(-11), days(-11), "planning", 2, 0) for id in ids))  # fmt: skip
    tracemalloc.start()
    sizes = [len(chunk) for chunk in exports.chunks(settings.database, log.hub_lead, "days", "csv", days(0))]
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(sizes) > 20 and most < 2_000_000, f"{most:,} bytes"


def test_an_entry_by_hand_alone_is_a_row(db, world_of):
    an_entry(db, world_of)
    assert [r["stage"] for r in rows_of(db, world_of.administrator)] == [None]
