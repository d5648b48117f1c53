"""Who may try a tablet out. `said` names the session, or the trial."""

from workgroup.door import Waiting
from workgroup.sessions.rights import takes_part
from workgroup.tablet import queries

tries = takes_part


def own_trial(db, by, said, on):
    """Whoever wrote the trial entry."""
    found = queries.trial(db, said["trial"])
    if found is None:
        raise Waiting("This trial has not arrived yet.")
    return (by is not None and found["by"] == by) or "Only whoever wrote it can take it back."
