"""Changes that the hub makes to what happens by itself."""

from workgroup import due
from workgroup.door import Refused, change
from workgroup.hub import forms
from workgroup.people.rights import runs_hub


@change("hub.try_again", forms.LaterForm, runs_hub)
def try_again(db, entry, said):
    """Try a thing again that did not work and was left alone."""
    if not due.try_again(db, said["key"]):
        raise Refused("Somebody has done this already.")
    return None
