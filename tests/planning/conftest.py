"""A group of 2026/27 in September, whatever day it is."""

import pytest

from tests.planning.asking import YEAR
from tests.world import do
from workgroup import clock


@pytest.fixture
def in_september(monkeypatch):
    """The year begins: everything here happens from 10 September 2026 on, whenever the tests run."""
    real = clock.now
    began = clock.read_moment(real())

    def now():
        passed = (clock.read_moment(real()) - began).total_seconds()
        return clock.after(passed, "2026-09-10T09:00:00.000Z")

    monkeypatch.setattr(clock, "now", now)


@pytest.fixture
def leader(db, world_of, sign_in, in_september):
    """The leader's browser, in a group of 2026/27 whatever day it is."""
    do(db, "groups.edit", world_of.hub_lead, work_group=world_of.group, seen="1", **YEAR)
    return sign_in(world_of.leader)
