"""docs/security.md stays true: every test it names is there, and the files that speak of security know one another."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
CHAPTERS = (*range(1, 9), *range(11, 17))  # of those that have rows; 9, 10 and 17 are about what is not here


def _tests():
    for path in (ROOT / "tests").rglob("test_*.py"):
        yield from re.findall(r"^def (test_\w+)\(", path.read_text(encoding="utf-8"), re.M)


def test_every_test_that_the_document_names_is_there():
    named = set(re.findall(r"`(test_\w+)`", DOCUMENT))
    assert len(named) > 60
    assert sorted(named - set(_tests())) == []
    files = set(re.findall(r"`(tests/[\w/]+\.py)`", DOCUMENT))
    assert [f for f in files if not (ROOT / f).exists()] == []


def test_every_chapter_is_worked_through_and_every_row_is_whole():
    rows = re.findall(r"^\| (\d+)\.\d[^|]*\|([^|]*(?:\\\|[^|]*)*)\|([^|]*(?:\\\|[^|]*)*)\|([^|]*)\|$", DOCUMENT, re.M)
    assert {int(chapter) for chapter, *_ in rows} == set(CHAPTERS)
    for chapter, about, how, proof in rows:
        said = f"{how} {proof}"
        assert about.strip() and said.strip(), (chapter, about)


def test_what_is_not_met_is_said_once_more_at_the_end():
    said = DOCUMENT.partition("## Not met")[2]
    for number in ("6.3.2", "5.4.3", "15.3.4", "16.3.2", "3.4.1"):
        assert number in said


def test_security_is_found_from_the_readme_and_back():
    readme, report = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "SECURITY.md"))
    assert "docs/security.md" in readme and "SECURITY.md" in readme
    assert "docs/security.md" in report and "SECURITY.md" in DOCUMENT
