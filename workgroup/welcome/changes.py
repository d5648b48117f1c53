"""Changes to what Today shows at the beginning: one's own, put away and brought back."""

from workgroup import store
from workgroup.door import Refused, change
from workgroup.groups import queries as groups
from workgroup.people.rights import is_oneself
from workgroup.welcome import forms, queries


@change("welcome.put_away", forms.PutAwayForm, is_oneself)
def put_away(db, entry, said):
    """Show no first steps of this kind any more to whoever asks."""
    _known(db, said["about"])
    if queries.is_away(db, entry.by, said["about"]):
        raise Refused("This is put away already.")
    store.put(db, "put_away", person=entry.by, about=said["about"], at=entry.at)
    return said["about"]


@change("welcome.bring_back", forms.PutAwayForm, is_oneself)
def bring_back(db, entry, said):
    """Show them again."""
    if not queries.is_away(db, entry.by, said["about"]):
        raise Refused("This is not put away.")
    db.conn.execute("delete from put_away where person = ? and about = ?", (entry.by, said["about"]))
    return said["about"]


def _known(db, about):
    if about not in queries.KINDS and not groups.is_there(db, about):
        raise Refused("There is nothing of this name to put away.", "about")
