"""Pages about people: setting up, signing in, one's own account. Those of whoever runs the hub are overseeing.py."""

from flask import Blueprint, g, redirect, render_template, request, url_for

from workgroup import door, guard, web
from workgroup.people import forms, joined, post, queries, rights, trying

bp = Blueprint("people", __name__)


@bp.get("/set-up")
@web.open_to(web.anyone)
def set_up():
    """Offer the set-up of a new hub, once."""
    if not queries.is_empty(g.db):
        return web.go(url_for("people.sign_in"))
    return _set_up_page(forms.SetUpForm())


@bp.post("/set-up")
@web.open_to(web.anyone)
def enter_set_up():
    """Set the hub up and sign its lead in on this browser."""
    outcome = door.submit(g.db, "people.set_up", request.form, web.change_id(), None)
    if not outcome.stands:
        return _set_up_page(outcome.form), 422
    # whoever sets a new hub up is its lead: sign in here, as with a link
    if outcome.standing == "entered":
        return _sign_in_here(outcome.about, False)
    return web.go(url_for("people.sign_in"))


@bp.get("/sign-in")
@web.open_to(web.anyone)
def sign_in():
    """Ask for an e-mail, a code, or a password."""
    if queries.is_empty(g.db):
        return web.go(url_for("people.set_up"))
    if web.viewer():
        return web.go(web.asked_then())
    return _sign_in_page()


@bp.post("/sign-in")
@web.open_to(web.anyone)
def ask_for_link():
    """Send a sign-in link. The answer is the same whether or not the e-mail is somebody's."""
    account = trying.account_of(request.form.get("email"))
    if not trying.may_try("ask", account):
        return _too_often()
    if not account or not trying.has_mails_enough(account):
        outcome = door.submit(g.db, "people.ask_for_link", request.form, web.change_id(), None)
        if not outcome.stands:
            return _sign_in_page(ask=outcome.form), 422
    return web.go(url_for("people.look_in_mail", then=web.safe_then(request.form.get("then"))))


@bp.get("/sign-in/sent")
@web.open_to(web.anyone)
def look_in_mail():
    """Say that a mail is on its way, with a box for the code."""
    return render_template("people/sent.html", form=forms.UseLinkForm(), then=web.asked_then())


@bp.post("/sign-in/code")
@web.open_to(web.anyone)
def use_code():
    """Sign in with the typed code. A wrong one is counted; forty right ones from one school are not."""
    if not trying.may_try("code"):
        return _too_often()
    return _use_proof("code", request.form.get("proof", ""), lambda form: render_template(
        "people/sent.html", form=form, then=web.asked_then()))  # fmt: skip


@bp.post("/sign-in/password")
@web.open_to(web.anyone)
def use_password():
    """Sign in with a password."""
    form = forms.PasswordSignInForm(request.form)
    if not form.validate():
        return _sign_in_page(password=form), 422
    account = trying.account_of(form.email.data)
    if not trying.may_try("password", account) or trying.is_guessed_at(account):
        return _too_often()
    person = queries.by_email(g.db, form.email.data)
    if not post.password_fits(person and person["password_hash"], form.password.data):
        web.note_refusal("wrong password")
        form.password.errors = ["The e-mail and the password do not belong together."]
        return _sign_in_page(password=form), 422
    trying.was_right("password", account)
    return _sign_in_here(person["id"], form.shared.data)


@bp.get("/sign-in/<token>")
@web.open_to(web.anyone)
def open_link(token):
    """Show the button: mail scanners open links, so only a press uses one up."""
    link = queries.usable_link(g.db, token_hash=post.token_hash(token))
    person = queries.person(g.db, link["person"]) if link else None
    visitor = queries.name_of(g.db, proved[0]) if link and (proved := joined.visitor_of(link)) else None
    page = "people/open_link.html" if person else "people/link_used.html"
    response = web.show(page, status=200 if person else 410, token=token, person=person, visitor=visitor,
                        then=web.asked_then())  # fmt: skip
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.post("/sign-in/<token>")
@web.open_to(web.anyone)
def use_link(token):
    """Use the link up and sign in."""
    if not trying.may_try("link"):
        return _too_often()
    return _use_proof("link", token, lambda form: web.show("people/link_used.html"))


@bp.post("/sign-out")
@web.open_to(web.anyone)
def sign_out():
    """Sign this browser out, locked or not."""
    end_sign_in(g.person or g.locked)
    return guard.forget(redirect(url_for("people.sign_in"), 303))


@bp.get("/account")
@web.open_to(web.signed_in)
def account():
    """Show the person's own page."""
    return account_page()


@bp.post("/account")
@web.open_to(web.signed_in)
def edit_account():
    """Change one's own name and phone."""
    return web.enter("people.edit_account", url_for("people.account"), lambda f, _: account_page(form=f))


@bp.post("/account/password")
@web.open_to(web.signed_in)
def set_password():
    """Set or change the optional password. To guess at the one that is set is to guess at it."""
    account = trying.account_of(queries.person(g.db, web.viewer())["email"])
    if request.form.get("current") and trying.is_guessed_at(account):
        return _too_often()

    def done(_):
        trying.was_right("password", account)
        return url_for("people.account")

    return web.enter("people.set_password", done, lambda f, _: account_page(password=f))


@bp.post("/account/tablets/<tablet>/sign-out")
@web.open_to(rights.own_tablet, tablet="tablet")
def sign_tablet_out(tablet):
    """Sign another of one's own devices out."""
    return web.enter("people.sign_out", url_for("people.account"), lambda f, _: account_page(), tablet=tablet)


@bp.post("/account/tablets/sign-out")
@web.open_to(web.signed_in)
def sign_others_out():
    """Sign every other of one's own devices out."""
    then = url_for("people.account", _anchor="devices")
    return web.enter("people.sign_others_out", then, lambda f, _: account_page(refused=f))


def _use_proof(what, proof, again):
    token = post.new_token()
    fields = {"proof": proof, "token": token, "shared": request.form.get("shared")}
    outcome = door.submit(g.db, "people.use_link", fields, web.fresh_id(), None)
    if not outcome.stands:
        web.note_refusal(f"wrong {what}")
        return again(outcome.form), 422
    trying.was_right(what)
    return _welcome(outcome.about, token, outcome.form.shared.data)


def _sign_in_here(person, shared):
    token = post.new_token()
    fields = {"person": person, "token": token, "shared": shared}
    door.submit(g.db, "people.sign_in", fields, web.fresh_id(), person)
    return _welcome(person, token, shared)


def _welcome(person, token, shared):
    """Send somebody who has just signed in where they wanted to go; past the PIN page when this tablet will lock."""
    end_sign_in(g.person or g.locked)
    then = web.asked_then()
    if shared and not queries.person(g.db, person)["pin_hash"]:
        then = url_for("locking.pin", then=then)
    return guard.remember(redirect(then, 303), token, shared)


def end_sign_in(found):
    """End the sign-in that this browser came with, as the guard found it: nobody is left signed in unseen."""
    if found:
        fields = {"tablet": found["tablet"]}
        door.submit(g.db, "people.sign_out", fields, web.fresh_id(), found["id"], tablet=found["tablet"])


def _too_often():
    web.note_refusal("too many tries")
    return render_template("people/too_often.html"), 429, {"Retry-After": "900"}


def _set_up_page(form):
    return render_template("people/set_up.html", form=form)


def _sign_in_page(ask=None, password=None):
    return render_template(
        "people/sign_in.html", ask=ask or forms.AskForLinkForm(), password=password or forms.PasswordSignInForm(),
        code=forms.UseLinkForm(), then=web.asked_then(), ended=request.args.get("ended") == "pin",
    )  # fmt: skip


def account_page(form=None, password=None, device=None, refused=None):
    """Show the person's own page, with the form that was refused."""
    me = queries.person(g.db, web.viewer())
    return render_template(
        "people/account.html", me=me, form=form or forms.AccountForm(data=me),
        password=password or forms.SetPasswordForm(), tablets=queries.tablets(g.db, web.viewer()),
        device=device or forms.TabletForm(data=queries.tablet(g.db, g.tablet)), refused=refused,
        links=queries.links_made_for(g.db, web.viewer()), this=g.tablet, keeps_trn=queries.keeps_trn(g.db),
        asks=queries.asks_for_password(g.db, web.viewer(), g.tablet),
    )  # fmt: skip
