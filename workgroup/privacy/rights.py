"""Who may do what with retention and erasing. A right is asked as `right(db, by, said, on)`."""

from workgroup.people.rights import leads_hub, runs_hub


def lets_go(db, by, said, on):
    """The house itself, when a day has come; or a hub lead, who answers for what is done at the command line."""
    return by is None or leads_hub(db, by, said, on)


__all__ = ["leads_hub", "lets_go", "runs_hub"]
