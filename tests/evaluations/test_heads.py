"""What a head said stands in an evaluation as evidence of its own, where the head ticked that it may be quoted."""

import pytest

from tests.evaluations.examples import an_evaluation, term_today, to_send
from tests.evaluations.steps import begin_another, edit_words, send_it
from tests.journeys.examples import a_statement, sent
from tests.world import do, submit
from workgroup import clock, holding, ledger, personal, store
from workgroup.evaluations import exports, queries
from workgroup.journeys import queries as journeys


def _heads(db, evaluation):
    return [s for s in queries.sentences(db, evaluation) if s["heading"] == "heads"]


@pytest.mark.parametrize(("ticked", "many"), [("y", 1), ("", 0)])
def test_a_statement_is_drafted_only_where_it_may_be_quoted(db, world_of, ticked, many):
    w = world_of
    a_statement(db, w, may_quote=ticked)
    evaluation = an_evaluation(db, w)
    found = _heads(db, evaluation)
    assert len(found) == many
    if many:
        assert found[0]["words"] == "The headteacher of Staithe Lane Primary School: “I have heard it in Year 2.”"
        assert exports.in_words(found[0]["evidence"]).startswith("head statement, ")
        assert do(db, "evaluations.send", w.leader, **to_send(db, evaluation)).stands


def test_what_a_head_took_back_is_not_sent(db, world_of):
    w = world_of
    statement, token = a_statement(db, w)
    evaluation = an_evaluation(db, w)
    [drafted] = _heads(db, evaluation)
    own = {"evaluation": evaluation, "heading": "heads", "words": "Heard in Year 2, says the head",
           "evidence": [f"head statement:{statement}"]}  # fmt: skip
    sentence = do(db, "evaluations.write", w.leader, **own).about
    do(db, "journeys.withdraw", None, proof=token)
    do(db, "evaluations.withdraw", w.leader, sentence=drafted["id"])
    refused = submit(db, "evaluations.send", w.leader, **to_send(db, evaluation))
    assert "does not let it be quoted" in str(refused.errors)
    do(db, "evaluations.withdraw", w.leader, sentence=sentence)
    assert do(db, "evaluations.send", w.leader, **to_send(db, evaluation)).stands


def test_what_a_head_put_otherwise_is_looked_at_again(db, world_of):
    w = world_of
    statement, token = a_statement(db, w)
    evaluation = an_evaluation(db, w)
    [drafted] = _heads(db, evaluation)
    edited = {"sentence": drafted["id"], "words": "The head heard it", "seen": str(drafted["version"]),
              "evidence": [f"head statement:{statement}"]}  # fmt: skip
    do(db, "evaluations.edit", w.leader, **edited)
    a_statement(db, w, proof=token, words="Not so sure", seen="1")
    refused = submit(db, "evaluations.send", w.leader, **to_send(db, evaluation))
    assert "changed what they said since" in str(refused.errors)


def test_what_a_head_said_goes_with_the_person_whose_address_it_was(db, world_of):
    w = world_of
    _, token = sent(db, w, email="participant@example.org")
    statement, _ = a_statement(db, w, proof=token, words="Candid words of a head")
    evaluation = an_evaluation(db, w)
    assert "Candid" in str(_heads(db, evaluation))
    edit_words(db, w, _heads(db, evaluation)[0], "A head: “Candid words of a head”")
    send_it(db, w, evaluation)
    next_one = begin_another(db, w, term_today(db, w))
    assert "Candid" in str(_heads(db, next_one)), "it goes on"
    assert "Candid" in str(holding.export(db, w.participant)["head_statement"])
    with store.writing(db):
        personal.erase(db, w.participant, clock.now())
    kept = store.row(db, "select * from head_statement where id = ?", (statement,))
    assert (kept["words"], kept["name"]) == (personal.ERASED, personal.SOMEBODY)
    assert journeys.quotable(db, w.leader, w.group) == [], "what is no longer there is quoted no more"
    assert "Candid" not in str(_heads(db, evaluation) + _heads(db, next_one)) and ledger.check(db) == []
    for table in ("ledger_words", "mail", "journey_asking"):
        assert "participant@example.org" not in str(store.rows(db, f"select * from {table}")), table
    assert "Candid" not in str(store.rows(db, "select * from ledger_words"))
