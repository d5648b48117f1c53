"""Who may write frameworks, and read them: they are settings of the hub, and no secret once they are in use."""

from workgroup.frameworks import queries
from workgroup.people.rights import runs_hub


def reads(db, by, said, on):
    """Whoever is signed in, a version that was put to use; whoever runs the hub, drafts too."""
    found = queries.bare(db, said["framework"])
    if found is None or by is None:
        return "There is no such framework."
    return found["state"] == "used" or runs_hub(db, by, said, on)
