"""The benchmarks themselves: they import, they measure what they say; no time is judged here."""

import importlib
from pathlib import Path

from benchmarks import figures, p1_sync, p3_pages
from workgroup import web

FOLDER = Path(figures.__file__).parent


def test_every_module_of_the_benchmarks_imports():
    for path in FOLDER.glob("*.py"):
        if path.stem != "__main__":
            assert importlib.import_module(f"benchmarks.{path.stem}").__doc__


def test_the_floor_of_sync_writes_the_same_rows_as_the_app():
    found = p1_sync.measure(sittings=1)  # raises when a row differs
    assert [f.promise for f in found] == ["P1", "P1"]
    assert all(f.ours > 0 and f.floor > 0 and f.must == 1.5 for f in found)


def test_a_figure_is_judged_by_its_ratio_and_fails_only_far_outside():
    def of(*ours):
        return figures.against_floor("P1", "a thing", ours, (1.0,) * len(ours), 1.5)

    assert of(1.0, 1.4, 9.0).reached
    assert not of(2.0, 2.0, 2.0).reached and not of(2.0, 2.0, 2.0).far_off
    assert of(3.1, 3.1, 3.1).far_off
    assert "NO" in figures.table([of(2.0, 2.0, 2.0)])


def test_the_95th_percentile_is_a_value_that_95_of_100_do_not_exceed():
    assert figures.at_95(range(1, 101)) == 95
    assert figures.at_95([7]) == 7


def test_pages_of_a_small_and_a_large_hub_are_measured_turn_about(tmp_path):
    small, large = (p3_pages.a_hub(tmp_path / f"{groups}.sqlite", groups, 1) for groups in (1, 2))
    for role, pages in (("leader", p3_pages.LEADER), ("teacher", p3_pages.TEACHER)):
        for what, path in pages.items():
            figure = p3_pages.compared(what, path, small, large, role, 2)
            assert figure.more["pairs"] == 2 and figure.floor > 0, what
    for hub in (small, large):
        hub.db.conn.close()
    web.forget_connections()
