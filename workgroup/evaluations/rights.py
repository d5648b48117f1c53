"""Who may write and read an evaluation: the leaders of the group write it; who runs the hub reads what was sent."""

from workgroup.door import Waiting
from workgroup.evaluations import queries
from workgroup.groups import queries as groups
from workgroup.groups.rights import LEADERS_ONLY
from workgroup.groups.rights import leads as leads_group
from workgroup.people.rights import runs_hub

begins = leads_group


def writes(db, by, said, on):
    """A leader of the group that the evaluation is of."""
    return groups.leads(db, by, _evaluation(db, said)["work_group"], on) or LEADERS_ONLY


def reads(db, by, said, on):
    """A leader of the group; whoever runs the hub once it was sent."""
    found = queries.evaluation(db, by, _evaluation(db, said)["id"])
    return found is not None or "This has not been sent to the hub yet."


def reads_sent(db, by, said, on):
    """Whoever runs the hub."""
    return runs_hub(db, by, said, on)


def _evaluation(db, said):
    id = said.get("evaluation")
    if not id:
        sentence = queries.sentence(db, said["sentence"]) if said.get("sentence") else None
        id = sentence and sentence["evaluation"]
    found = queries.bare(db, id) if id else None
    if found is None:
        raise Waiting("There is no such evaluation.")
    return found
