"""Taking a whole planned year back in one step, while nothing has happened in it, and planning it again."""

from workgroup import door
from workgroup.door import Refused, change
from workgroup.planning import forms, rights, taking_back_queries

WHY = "Planned by mistake"


@change("planning.withdraw_year", forms.YearPickForm, rights.plans)
def withdraw_year(db, entry, said):
    """Cancel the sessions and visits that were planned in one step; their history stays."""
    found = _found(db, said, "withdraw", "Something has happened in this year already. Cancel its sessions one by one.")
    for n in found["sessions"]:
        door.within(db, entry, "sessions.set_state", {"session": n["id"], "state": "cancelled", "why": WHY})
    for v in found["visits"]:
        door.within(db, entry, "visits.cancel", {"visit": v["id"], "why": WHY})
    return said["work_group"]


@change("planning.restore_year", forms.YearPickForm, rights.plans)
def restore_year(db, entry, said):
    """Plan those sessions and visits again, on the days they had."""
    found = _found(db, said, "restore", "Another year was planned since, or this one stands again.")
    for n in found["sessions"]:
        door.within(db, entry, "sessions.set_state", {"session": n["id"], "state": "planned"})
    for v in found["visits"]:
        door.within(db, entry, "visits.plan_again", {"visit": v["id"]})
    return said["work_group"]


def _found(db, said, deed, why_not):
    found = taking_back_queries.to_take_back(db, said["work_group"])
    if found is None or found["deed"] != deed:
        raise Refused(why_not)
    return found
