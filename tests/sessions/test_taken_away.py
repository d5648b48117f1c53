"""What was taken away of a session comes back: for whoever wrote it, and for whoever took it away."""

from tests.sessions.examples import open_session
from tests.world import do


def test_a_note_and_a_decision_come_back_for_their_author_and_for_the_leaders(db, world_of, sign_in):
    w, session = world_of, open_session(db, world_of)
    do(db, "sessions.hand_over", w.leader, session=session, person=w.participant)
    note = do(db, "sessions.note", w.participant, session=session, words="One car late").about
    decision = do(db, "sessions.decide", w.participant, session=session, words="Codes, always").about
    do(db, "sessions.hand_over", w.leader, session=session, person=w.colleague)
    leader, author, page = sign_in(w.leader), sign_in(w.participant), f"/sessions/{session}/notes"
    for kind, id, words in (("session-notes", note, "One car late"), ("decisions", decision, "Codes, always")):
        for taker, back in ((leader, leader), (leader, author), (author, leader), (author, author)):
            assert f"/{kind}/{id}/withdraw" in taker.get(page).get_data(as_text=True)
            assert taker.post(f"/{kind}/{id}/withdraw").status_code == 303
            shown = back.get(page).get_data(as_text=True)
            assert words in shown and "Taken away; only whoever wrote it and the leaders see it" in shown
            assert f"/{kind}/{id}/restore" in shown
            for other in (w.colleague, w.neighbour):
                assert words not in sign_in(other).get(page).get_data(as_text=True)
            assert back.post(f"/{kind}/{id}/restore").status_code == 303
            shown = sign_in(w.colleague).get(page).get_data(as_text=True)
            assert words in shown and f"/{kind}/{id}/" not in shown, "it is theirs to read, and not to take away"
