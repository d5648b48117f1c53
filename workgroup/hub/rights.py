"""Who may take exports. A right is asked as `right(db, by, said, on)`; what is in them is for the queries to say."""

from workgroup.hub import choice_queries
from workgroup.people.rights import runs_hub


def exports(db, by, said, on):
    """Whoever runs the hub, or a leader of any Work Group on that day."""
    leads = by is not None and bool(choice_queries.groups_to_export(db, by, on))
    return runs_hub(db, by, said, on) is True or leads or "Exports are for the hub and for the leaders of Work Groups."
