"""Changes to evaluations. One that was sent is frozen: what is corrected is another version."""

from workgroup import clock, store
from workgroup.door import Refused, Stale, change
from workgroup.evaluations import drafting, exports, forms, gathering, queries, rights, standing
from workgroup.groups import queries as groups
from workgroup.ordering import moved
from workgroup.people.post import new_id
from workgroup.withdrawing import bring_back, take_away

GOES_ON = ("challenges", "next", "heads")  # what of one half-term is where the next begins
FROZEN = "This was sent and stays as it is. Begin another version to correct it."


@change("evaluations.begin", forms.BeginForm, rights.begins)
def begin(db, entry, said):
    """Draft the evaluation of a half-term from the records; of one that was sent, another version with its words."""
    group = groups.group(db, said["work_group"])
    term = next((t for t in groups.half_terms(db, group["academic_year"]) if t["name"] == said["half_term"]), None)
    if term is None:
        raise Refused("Choose a half-term of the Work Group’s year.", "half_term")
    if term["from_on"] > clock.today():
        raise Refused(f"{term['name']} has not begun yet.", "half_term")
    was = queries.newest(db, group["id"], term["name"])
    if was and was["state"] == "draft":
        return was["id"]
    store.put(
        db, "evaluation", id=entry.id, work_group=group["id"], half_term=term["name"], from_on=term["from_on"],
        to_on=term["to_on"], version=was["version"] + 1 if was else 1, state="draft", by=entry.by, at=entry.at,
        drafted_at=entry.at,
    )  # fmt: skip
    if was:
        _carry(db, entry, queries.sentences(db, was["id"], also_withdrawn=True))  # what was taken out stays out
        return entry.id
    _draft(db, entry, queries.bare(db, entry.id))
    before = queries.sent_before(db, group["id"], term["from_on"])
    if before and queries.evaluation(db, entry.by, before["id"]):
        _go_on(db, entry, before, group["id"])
    return entry.id


@change("evaluations.draft_again", forms.EvaluationPickForm, rights.writes)
def draft_again(db, entry, said):
    """Draft it anew from what has come since. What somebody changed, wrote or took away stays so."""
    found = _draft_of(db, said["evaluation"])
    _draft(db, entry, found)
    store.alter(db, "evaluation", found["id"], drafted_at=entry.at)
    return found["id"]


@change("evaluations.write", forms.WriteForm, rights.writes)
def write(db, entry, said):
    """Write a sentence of one's own. Without evidence it is kept, and marked."""
    found = _draft_of(db, said["evaluation"])
    evidence = _chosen(db, entry, found, said["evidence"])
    _put(db, entry, found["id"], entry.id, said["heading"], said["words"], evidence)
    return entry.id


@change("evaluations.edit", forms.EditForm, rights.writes, meets="stale")
def edit(db, entry, said):
    """Put other words in, or other evidence; from now on it is somebody's own sentence."""
    was = queries.sentence(db, said["sentence"])
    found = _draft_of(db, was["evaluation"])
    if said["seen"] != str(was["version"]):
        raise Stale(was)
    evidence = _chosen(db, entry, found, said["evidence"], was["evidence"])
    entry.was = {name: was[name] for name in ("words", "drafted", "version")}
    same = {(e["kind"], e["about"]) for e in was["evidence"]} == {(p.kind, p.about) for p in evidence}
    store.alter(
        db, "evaluation_sentence", was["id"], words=said["words"], by=entry.by, at=entry.at, version=was["version"] + 1,
        drafted=int(bool(was["drafted"]) and same and said["words"] == was["words"]),
    )  # fmt: skip
    _rest_on(db, was["id"], evidence)
    return was["id"]


@change("evaluations.move", forms.MoveForm, rights.writes)
def move(db, entry, said):
    """Move a sentence up or down under its heading."""
    was = queries.sentence(db, said["sentence"])
    _draft_of(db, was["evaluation"])
    row = [s["id"] for s in queries.sentences(db, was["evaluation"]) if s["heading"] == was["heading"]]
    for position, id in enumerate(moved(row, was["id"], is_earlier=said["way"] == "up")):
        store.alter(db, "evaluation_sentence", id, position=position)
    return was["id"]


@change("evaluations.withdraw", forms.SentencePickForm, rights.writes)
def withdraw(db, entry, said):
    """Take a sentence out."""
    was = queries.sentence(db, said["sentence"])
    _draft_of(db, was["evaluation"])
    take_away(db, entry, "evaluation_sentence", was)
    return was["id"]


@change("evaluations.restore", forms.SentencePickForm, rights.writes)
def restore(db, entry, said):
    """Bring a sentence back."""
    was = queries.sentence(db, said["sentence"])
    _draft_of(db, was["evaluation"])
    bring_back(db, entry, "evaluation_sentence", was)
    return was["id"]


@change("evaluations.send", forms.SendForm, rights.writes, meets="stale")
def send(db, entry, said):
    """Send it to the hub as it was seen: frozen, with its date and what it is out of. The hub reads it from now on."""
    found = _draft_of(db, said["evaluation"])
    sentences = queries.sentences(db, found["id"])
    if not sentences:
        raise Refused("There is no sentence in it yet.")
    if said["seen"] != queries.digest(sentences):
        raise Stale({"seen": queries.digest(sentences)})
    why = standing.why_not(db, entry.by, found, sentences)
    if why:
        raise Refused(why)
    counts = exports.counts(db, found)
    store.alter(db, "evaluation", found["id"], state="sent", sent_at=entry.at, sent_by=entry.by, **counts)
    return found["id"]


def _draft_of(db, id):
    found = queries.bare(db, id)
    if found["state"] == "sent":
        raise Refused(FROZEN)
    return found


def _draft(db, entry, found):
    """Put in what the rules make; of what is there already only what nobody has touched is said anew."""
    there = {s["key"]: s for s in queries.sentences(db, found["id"], also_withdrawn=True) if s["key"]}
    gathered = gathering.gather(db, entry.by, found["work_group"], found["from_on"], found["to_on"])
    made = drafting.draft(gathered, there)
    for s in made:
        was = there.get(s.key)
        if was is None:
            _put(db, entry, found["id"], new_id(), s.heading, s.words, s.evidence, s.key)
        elif was["drafted"] and not was["withdrawn_at"]:
            rested = {(e["kind"], e["about"]) for e in was["evidence"]}
            if was["words"] != s.words or rested != {(p.kind, p.about) for p in s.evidence}:
                store.alter(
                    db, "evaluation_sentence", was["id"], words=s.words, at=entry.at, version=was["version"] + 1
                )  # fmt: skip
            _rest_on(db, was["id"], s.evidence)
    # what its records no longer say is not said any more
    for key in set(there) - {s.key for s in made}:
        if there[key]["drafted"] and not there[key]["withdrawn_at"]:
            db.conn.execute("delete from sentence_evidence where sentence = ?", (there[key]["id"],))
            db.conn.execute("delete from evaluation_sentence where id = ?", (there[key]["id"],))


def _go_on(db, entry, before, group):
    """Let go on what people themselves wrote down as a challenge or a next step, until they take it away.

    What a head said goes on through its own year alone: no other year's leaders are told whether it still stands.
    """
    own = [s for s in queries.sentences(db, before["id"]) if not s["drafted"] and s["heading"] in GOES_ON]
    if before["work_group"] != group:
        own = [s for s in own if s["heading"] != "heads"
               and all(e["kind"] != "head statement" for e in s["evidence"])]  # fmt: skip
    _carry(db, entry, own, as_own=True)


def _carry(db, entry, sentences, as_own=False):
    """Take sentences over, last changed when they were: a quotation that was rewritten since is old here too.

    Of another half-term they come `as_own`, without the key of their rule: this half-term's rules say it anew.
    """
    for s in sentences:
        pieces = [gathering.Piece(e["kind"], e["about"], e["kept_on"], e["kept_school"]) for e in s["evidence"]]
        key = None if as_own else s["key"]
        id = new_id()
        _put(db, entry, entry.id, id, s["heading"], s["words"], pieces, key, s["drafted"], s["by"], s["at"])
        if s["withdrawn_at"]:
            store.alter(db, "evaluation_sentence", id, withdrawn_at=s["withdrawn_at"])


def _put(db, entry, evaluation, id, heading, words, evidence, key=None, drafted=None, by=None, at=None):
    position = store.value(
        db, "select coalesce(max(position), -1) + 1 from evaluation_sentence where evaluation = ? and heading = ?",
        (evaluation, heading),
    )  # fmt: skip
    drafted = int(key is not None) if drafted is None else drafted
    store.put(
        db, "evaluation_sentence", id=id, evaluation=evaluation, heading=heading, position=position, words=words,
        key=key, drafted=drafted, by=None if drafted else by or entry.by, at=at or entry.at,
    )  # fmt: skip
    _rest_on(db, id, evidence)


def _rest_on(db, sentence, evidence):
    db.conn.execute("delete from sentence_evidence where sentence = ?", (sentence,))
    for p in evidence:
        store.put(
            db, "sentence_evidence", sentence=sentence, kind=p.kind, about=p.about, kept_on=p.on_day,
            kept_school=p.school,
        )  # fmt: skip


def _chosen(db, entry, found, said, kept=()):
    """Return the pieces that were chosen: of what there is, or what the sentence rested on already."""
    there = {
        f"{e['kind']}:{e['about']}": gathering.Piece(e["kind"], e["about"], e["kept_on"], e["kept_school"])
        for e in kept
    }  # fmt: skip
    some = dict.fromkeys(said or [])
    most = max(forms.MOST_EVIDENCE, len(there))  # what was drafted from more stays
    if len(some) > most:
        raise Refused(f"Choose {most} pieces of evidence or fewer.", "evidence")
    if not set(some) <= set(there):  # other words alone need nothing looked up
        gathered = gathering.gather(db, entry.by, found["work_group"], found["from_on"], found["to_on"])
        there = {f"{p.kind}:{p.about}": p for p in gathering.pieces(gathered)} | there
    if not set(some) <= set(there):
        raise Refused("Choose evidence of this half-term from the list.", "evidence")
    return [there[key] for key in some]
