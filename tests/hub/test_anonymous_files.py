"""Anonymous files in every format and under every narrowing: nobody is named, nothing small told, nothing left over."""

import io
from collections import defaultdict

import pypdf
import pytest
from click.testing import CliRunner

from tests.formats.test_as_parquet import read_parquet
from tests.formats.test_formats import read_csv, read_xlsx
from tests.hub.hubs import a_group, an_end_since, join, some_schools
from tests.hub.test_anonymous import KINDS, an_evaluation, many  # noqa: F401
from tests.papers import words_of_paper
from tests.world import days
from workgroup import store
from workgroup.cli import main
from workgroup.hub import exports

NAMES = ("Demo", "9003", "9004", "Haver", "Quayside", "Test Hub", "Bethan", "Hale", "Quill", "Tue 9 Mar", "example.org")
LEFT_OVER = "would leave fewer than five schools over"


def narrowings(w):
    """Return every way to narrow a file, by name."""
    year = {"year": "2026/27"}
    return {
        "all": {}, "group": {"group": w.big}, "other group": {"group": w.small}, "leader": {"leader": w.leader},
        "year": year, "half-term": {**year, "half_term": "Summer 2"}, "as at": {"as_at": days(-1)},
        "all of them": {**year, "leader": w.co_leader, "half_term": "Summer 2", "as_at": days(0)},
    }  # fmt: skip


def asked_for(db, kind, group=None, as_at=None, **narrow):
    """Return what is asked of an export, as it takes it."""
    return {"as_at": as_at or days(0), "group": group, **exports.narrowed(db, kind, **narrow)}


def a_long_term(db):
    """Let every evaluation of the fixture and today lie in one half-term."""
    with store.writing(db):
        db.conn.execute("update evaluation set half_term = 'Summer 2'")
        db.conn.execute("delete from half_term")
        store.put(db, "half_term", id="0" * 36, academic_year="2026/27", name="Summer 2", from_on=days(-60),
                  to_on=days(30))  # fmt: skip
    an_end_since(db, "2026/27")


@pytest.mark.parametrize("kind", KINDS)
def test_in_every_format_and_however_narrowed_nothing_names_anybody_or_tells_of_fewer_than_five(
    db, many, settings, tmp_path, kind  # noqa: F811
):  # fmt: skip
    a_long_term(db)
    for name, narrow in narrowings(many).items():
        asked = asked_for(db, kind, **narrow)
        assert exports.why_not(db, many.hub_lead, kind, "csv", **asked) is None, name
        formats = exports.TYPES if "all" in name else ("csv", "xlsx")  # all formats of a few are enough
        made = {f: b"".join(exports.chunks(settings.database, many.hub_lead, kind, f, **asked)) for f in formats}
        header, *rows = read_csv([made["csv"]])
        _, *sheet = read_xlsx([made["xlsx"]])
        assert len(rows) == len(sheet) > 0
        tables, texts = {"csv": rows, "xlsx": sheet}, []
        if "pdf" in made:
            tables["parquet"], types, _ = read_parquet([made["parquet"]], tmp_path)
            assert list(types) == header and len(tables["parquet"]) == len(rows)
            paper = pypdf.PdfReader(io.BytesIO(made["pdf"]))
            texts += [str(paper.metadata), words_of_paper(paper)]
        assert [word for word in NAMES for said in (*texts, str(tables)) if word in said] == [], name
        for format, some in tables.items():
            if kind == "anonymous_engagement":
                small_cells(header, some, (name, format))
            told = [row[header.index(column)] for row in some for column in ("schools", "teachers")]
            assert [n for n in told if n not in (None, "") and int(n) < 5] == [], (name, format)


def small_cells(header, rows, where):
    """Make sure that whatever is told together is told of five schools or more."""
    keys = [header.index(column) for column in ("academic_year", "strand", "state", "phase")]
    for depth in range(1, len(keys) + 1):
        cells = defaultdict(set)
        for row in rows:
            cells[tuple(row[key] for key in keys[:depth])].add(row[header.index("school")])
        assert min(len(schools) for schools in cells.values()) >= 5, where


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_would_leave_a_small_work_group_over_is_not_made(
    db, many, settings, sign_in, kind  # noqa: F811
):  # fmt: skip
    few = a_group(db, "Few", some_schools(900500, ["active"] * 3), "Sustaining", leader=many.co_leader)
    an_evaluation(db, few, many.co_leader, 3, 6, [("next", "Go on.", [])])

    def why(**narrow):
        return exports.why_not(db, many.hub_lead, kind, "csv", **asked_for(db, kind, **narrow)) or ""

    # all less the big one is the small ones together; all less a small one is the other small one
    assert why() == why(group=many.big) == why(leader=many.co_leader) == ""
    assert LEFT_OVER in why(group=many.small) and "at least five schools" in why(group=few)
    # whoever leads the one and not the other is told so too, as anybody may set their file against the hub's
    with store.writing(db):
        db.conn.execute("delete from membership where work_group = ? and role = 'leader'", (few,))
    assert LEFT_OVER in why(leader=many.co_leader)
    page = sign_in(many.co_leader).get(f"/hub/exports?kind={kind}")
    assert LEFT_OVER in page.get_data(as_text=True) and "Download" not in page.get_data(as_text=True)
    for format in exports.TYPES:
        assert sign_in(many.co_leader).get(f"/hub/exports/{kind}?format={format}").status_code == 422
    words = ["--database", str(settings.database), "export", kind, "--group", many.small]
    run = CliRunner().invoke(main, words)
    assert run.exit_code == 1 and LEFT_OVER in run.output


def test_a_half_term_is_not_told_apart_by_leaving_out_an_evaluation_of_few_schools(db, many):  # noqa: F811
    few = a_group(db, "Few", some_schools(900500, ["active"] * 3), "Sustaining")
    an_evaluation(db, few, many.leader, 3, 6, [("next", "Go on.", [])])
    with store.writing(db):
        db.conn.execute("update evaluation set half_term = 'Autumn 1' where work_group = ?", (few,))

    def why(**narrow):
        asked = asked_for(db, "anonymous_evaluation", year="2026/27", **narrow)
        return exports.why_not(db, many.hub_lead, "anonymous_evaluation", "csv", **asked) or ""

    assert why() == "" and LEFT_OVER in why(half_term="Autumn 2")
    assert "at least five schools" in why(half_term="Autumn 1")


def test_whoever_joins_later_waits_until_five_have_so_that_no_two_days_tell_fewer_apart(
    db, many, sign_in  # noqa: F811
):  # fmt: skip
    def schools(as_at=0, **narrow):
        asked = asked_for(db, "anonymous_engagement", as_at=days(as_at), **narrow)
        assert exports.why_not(db, many.hub_lead, "anonymous_engagement", "csv", **asked) is None
        return sum(1 for _ in exports.rows(db, many.hub_lead, "anonymous_engagement", **asked))

    with store.writing(db):
        store.put(db, "half_term", id="1" * 36, academic_year="2026/27", name="Autumn 2", from_on=days(-30),
                  to_on=days(-2))  # fmt: skip
        for urn, name, state in some_schools(900700, ["active"] * 4):
            join(db, many.small, urn, name, state, days(-9))
    assert schools() == schools(-20) == 20 and schools(group=many.small) == 6, "four have joined since"
    page = sign_in(many.hub_lead).get("/hub/exports?kind=anonymous_engagement").get_data(as_text=True)
    assert "Anonymous engagement: 20 rows" in page and "fewer than five that joined later wait" in page
    with store.writing(db):
        join(db, many.small, "900800", "Demo 900800 School", "active", days(-3))
    assert schools() == schools(-2) == 25 and schools(group=many.small) == 11
    assert schools(-3) == 20, "from the end of the half-term on"


def test_an_evaluation_of_few_schools_that_is_sent_later_waits_too(db, many):  # noqa: F811
    few = a_group(db, "Few", some_schools(900500, ["active"] * 3), "Sustaining")
    an_evaluation(db, few, many.leader, 3, 6, [("next", "Go on.", [])])

    sentences = lambda: len(list(exports.rows(db, many.hub_lead, "anonymous_evaluation", days(0))))  # noqa: E731
    assert sentences() == 5, "sent on the day of the others"
    with store.writing(db):
        db.conn.execute("update evaluation set sent_at = ? where work_group = ?", (f"{days(0)}T00:30:00.000Z", few))
    assert sentences() == 4, "yesterday’s file would tell the three apart"
