"""Changes that the hub makes to what happens by itself, and to who leads it where."""

import json

from workgroup import due, store
from workgroup.door import Refused, change
from workgroup.hub import forms, queries
from workgroup.people import queries as people
from workgroup.people.changes import keeps_a_lead
from workgroup.people.rights import leads_whole_hub, runs_hub


@change("hub.try_again", forms.LaterForm, runs_hub)
def try_again(db, entry, said):
    """Try a thing again that did not work and was left alone."""
    if not due.try_again(db, said["key"]):
        raise Refused("Somebody has done this already.")
    return None


@change("hub.set_strands", forms.StrandsForm, leads_whole_hub)
def set_strands(db, entry, said):
    """Limit a hub lead to some strands, or let them lead all of it again; one lead of every strand stays."""
    role = people.hub_role(db, said["role"])
    if role is None or role["role"] != "lead":
        raise Refused("There is no such role.", "role")
    known = queries.strands_to_choose(db, people.read_strands(role["strands"]))
    strands = [known.get(name.casefold()) for name in said["strands"] or []]
    if None in strands:
        raise Refused("Choose strands from the list.", "strands")
    if strands:
        keeps_a_lead(db, role["person"], "strands")
    entry.was = {"strands": role["strands"]}
    store.alter(db, "hub_role", role["id"], strands=json.dumps(sorted(strands)) if strands else None)
    return role["person"]
