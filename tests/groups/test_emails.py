"""The e-mail of somebody of a Work Group: added later, put right while nobody has used it, and theirs from then on."""

from tests.sessions.examples import a_session
from tests.world import do, submit
from workgroup import store
from workgroup.people import post


def _newest_link(db):
    return store.value(db, "select link from mail where link is not null order by rowid desc limit 1")


def test_somebody_without_an_email_gets_one_later_and_signs_in_as_themselves(db, world_of, sign_in):
    w = world_of
    member = do(db, "groups.add_person", w.leader, work_group=w.group, name="Nia", role="participant",
                school=w.school).about  # fmt: skip
    person = store.value(db, "select person from membership where id = ?", (member,))
    leader = sign_in(w.leader)
    assert "Add the e-mail" in leader.get(f"/groups/{w.group}/people").get_data(as_text=True)
    assert leader.post(f"/memberships/{member}/email", data={"email": "Nia@Example.org "}).status_code == 303
    home = sign_in(None)
    assert home.post(_newest_link(db), data={"token": post.new_token()}).status_code == 303
    assert store.value(db, "select claimed_at from person where id = ?", (person,))
    assert "Nia" in home.get("/account").get_data(as_text=True)


def test_a_wrong_email_is_put_right_and_the_first_invitation_opens_nothing_any_more(db, world_of, sign_in):
    w = world_of
    first = store.value(db, "select link from mail where address = 'neighbour@example.org'")
    do(db, "groups.set_email", w.leader, membership=w.neighbour_membership, email="right@example.org")
    assert first and sign_in(None).post(first, data={"token": post.new_token()}).status_code == 422
    assert sign_in(None).post(_newest_link(db), data={"token": post.new_token()}).status_code == 303


def test_what_went_to_a_wrong_email_opens_nothing_any_more_and_the_right_one_is_invited_to_the_session(
    db, world_of, sign_in
):
    w, session = world_of, a_session(db, world_of, 9)
    elsewhere = do(db, "groups.add_person", w.far_leader, work_group=w.far_group, name="Sunita Neighbour",
                   email="neighbour@example.org", role="participant", school=w.far_school).about  # fmt: skip
    do(db, "sessions.invite", w.leader, session=session)
    invited = "select link from mail where address = ? and link like '/invited/%' order by rowid desc"
    wrong = store.value(db, invited, ("neighbour@example.org",))
    assert sign_in(None).get(wrong).status_code == 200
    do(db, "groups.set_email", w.far_leader, membership=elsewhere, email="right@example.org")
    stranger = sign_in(None)
    assert stranger.get(wrong).status_code == stranger.post(wrong, data={"answer": "coming"}).status_code == 410
    leader, page = sign_in(w.leader), f"/sessions/{session}/invitations"
    assert "1 person has not been told" in leader.get(page).get_data(as_text=True)
    assert leader.post(page).status_code == 303
    right = store.row(db, "select * from mail where address = 'right@example.org' and link like '/invited/%'")
    assert right["subject"].startswith("Invitation: ") and sign_in(None).get(right["link"]).status_code == 200
    assert leader.post(page).status_code == 422, "nobody is left"
    text = leader.get(page).get_data(as_text=True)
    assert text.count("Send it again") == 5
    assert leader.post(page, data={"person": w.participant}).status_code == 303
    assert leader.post(page, data={"person": w.outsider}).status_code == 422
    sent = store.rows(db, "select calendar from mail where person = ? and calendar is not null", (w.participant,))
    assert [f"SEQUENCE:{n}" in m["calendar"] for n, m in enumerate(sent)] == [True, True]


def test_whoever_has_signed_in_keeps_their_email(db, world_of, sign_in):
    w = world_of
    sign_in(w.neighbour)
    outcome = submit(db, "groups.set_email", w.leader, membership=w.neighbour_membership, email="thief@example.org")
    assert outcome.standing == "refused" and "signed in already" in str(outcome.errors)
    page = sign_in(w.leader).get(f"/groups/{w.group}/people").get_data(as_text=True)
    assert f"/memberships/{w.neighbour_membership}/email" not in page


def test_an_email_that_is_somebodys_is_not_given_twice_and_bad_ones_are_said(db, world_of, sign_in):
    w, leader = world_of, sign_in(world_of.leader)
    address = f"/memberships/{w.neighbour_membership}/email"
    known = ("colleague@example.org", "Somebody here has this e-mail already.")
    for email, says in (known, ("nonsense", "e-mail"), ("", "Enter the e-mail")):
        answer = leader.post(address, data={"email": email})
        assert answer.status_code == 422 and says in answer.get_data(as_text=True), email
    taken = {"membership": w.neighbour_membership, "email": known[0]}
    assert "Toby" not in str(submit(db, "groups.set_email", w.leader, **taken).errors), "nobody learns whose it is"
    for person in (w.participant, w.far_leader, w.outsider):
        assert sign_in(person).post(address, data={"email": "x@example.org"}).status_code == 404
