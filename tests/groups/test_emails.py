"""The e-mail of somebody of a Work Group: added later, put right while nobody has used it, and theirs from then on."""

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
    for email, says in (("colleague@example.org", "Toby Colleague"), ("nonsense", "e-mail"), ("", "Enter the e-mail")):
        answer = leader.post(address, data={"email": email})
        assert answer.status_code == 422 and says in answer.get_data(as_text=True), email
    for person in (w.participant, w.far_leader, w.outsider):
        assert sign_in(person).post(address, data={"email": "x@example.org"}).status_code == 404
