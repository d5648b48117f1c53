"""The lock of a tablet that several people use, the PIN that opens it, and the device's own settings.

When a tablet counts as locked is told in guard.py; a locked sign-in is signed out everywhere but here.
"""

from flask import Blueprint, Response, abort, g, redirect, request, url_for

from workgroup import door, guard, web
from workgroup.people import forms, post, queries
from workgroup.people.views import account_page, end_sign_in

bp = Blueprint("locking", __name__)
MOST_WRONG = 5
A_DAY = 86_400


@bp.post("/lock")
@web.open_to(web.anyone)
def lock():
    """Lock this tablet; to lock it again changes nothing."""
    if g.locked:
        return web.go(_lock_screen())
    if web.viewer() is None:
        return web.ask_to_sign_in()
    if g.guest_of:
        abort(404)  # a guest has no PIN to open it by, and what is refused here shows the account
    return web.enter("people.lock", _lock_screen(), lambda form, _: account_page(refused=form), tablet=g.tablet)


@bp.post("/touched")
@web.open_to(web.signed_in)
def touched():
    """Hear from an open page that somebody has the tablet in hand; the guard has written it down."""
    return Response(status=200)


@bp.get("/unlock")
@web.open_to(web.anyone)
def lock_screen():
    """Say whose it is and ask for the PIN."""
    if not g.locked:
        return web.go(web.asked_then() if web.viewer() else url_for("people.sign_in", then=web.asked_then()))
    if not g.locked["locked_at"]:
        # so far it was only reckoned from silence; from here on nothing but the PIN opens it
        _enter("people.lock")
    return _page(forms.UnlockForm())


@bp.post("/unlock")
@web.open_to(web.anyone)
def unlock():
    """Unlock with the PIN; the fifth wrong one ends this tablet's sign-in."""
    if not g.locked:
        return web.go(web.asked_then())
    form = forms.UnlockForm(request.form)
    if not form.validate():
        return _page(form), 422
    # counted before it is checked, so that many at once are not more than five
    key = f"pin:{g.locked['tablet']}"
    tries = guard.count_try(key, A_DAY)
    if tries <= MOST_WRONG and post.password_fits(queries.person(g.db, g.locked["id"])["pin_hash"], form.pin.data):
        guard.forget_tries(key)
        _enter("people.unlock")
        return web.go(web.asked_then())
    web.note_refusal("wrong pin")
    if tries >= MOST_WRONG:
        end_sign_in(g.locked)
        return guard.forget(redirect(url_for("people.sign_in", then=web.asked_then(), ended="pin"), 303))
    form.pin.errors = ["That is not the PIN. After five wrong ones you sign in by a link."]
    return _page(form), 422


@bp.get("/account/pin")
@web.open_to(web.signed_in)
def pin():
    """Ask for a PIN, or let it be."""
    return _pin_page(forms.SetPinForm())


@bp.post("/account/pin")
@web.open_to(web.signed_in)
def set_pin():
    """Set the PIN."""
    return web.enter("people.set_pin", web.asked_then(), lambda form, _: _pin_page(form))


@bp.post("/account/device")
@web.open_to(web.signed_in)
def edit_device():
    """Name this device, and say whether several people use it."""
    answer = web.enter(
        "people.edit_tablet", _after_device, lambda form, _: account_page(device=form), tablet=g.tablet
    )  # fmt: skip
    return guard.remember_shared(answer, queries.tablet(g.db, g.tablet)["shared"])


def _after_device(outcome):
    account = url_for("people.account")
    needs_pin = outcome.form.shared.data and not queries.person(g.db, web.viewer())["pin_hash"]
    return url_for("locking.pin", then=account) if needs_pin else account


def _enter(kind):
    tablet = g.locked["tablet"]
    door.submit(g.db, kind, {"tablet": tablet}, web.fresh_id(), g.locked["id"], tablet=tablet)


def _lock_screen():
    return url_for("locking.lock_screen", then=web.asked_then())


def _page(form):
    has_pin = bool(queries.person(g.db, g.locked["id"])["pin_hash"])
    return web.show("people/unlock.html", form=form, name=g.locked["name"], has_pin=has_pin, then=web.asked_then())


def _pin_page(form):
    me = queries.person(g.db, web.viewer())
    return web.show("people/pin.html", form=form, has_pin=bool(me["pin_hash"]), then=web.asked_then())
