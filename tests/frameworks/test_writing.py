"""Writing a framework: a draft is begun, written and put to use; names are told apart, and nothing typed is lost."""

import pytest

from tests.frameworks.examples import a_draft, a_written_draft, rows_of, use, use_fields, write
from tests.reviews.examples import a_review
from tests.world import do
from workgroup import door, store
from workgroup.frameworks import comparing, queries
from workgroup.people import post

RUNS = {"hub_lead", "administrator"}
WHO = ("leader", "participant", "outsider", *RUNS)


def refused(db, kind, by, **fields):
    """Enter a change that must be refused and return its sentences."""
    outcome = door.submit(db, kind, fields, post.new_id(), by)
    assert outcome.standing in ("refused", "stale"), outcome.standing
    return " ".join(s for some in outcome.errors.values() for s in some)


def names(framework, parts="aspects"):
    """Return the names of the aspects or steps of a framework."""
    return [p["name"] for p in framework[parts]]


def test_a_draft_says_what_the_version_it_was_begun_from_says_until_it_is_written(db, world_of):
    draft, now = queries.whole(db, a_draft(db, world_of)), queries.in_use(db)
    assert names(draft) == names(now) and names(draft, "steps") == names(now, "steps")
    assert [a["thread"] for a in draft["aspects"]] == [a["thread"] for a in now["aspects"]]
    assert not {a["id"] for a in draft["aspects"]} & {a["id"] for a in now["aspects"]}
    assert comparing.compare(now, draft) == [] and now["version"] == 1
    assert "what the version in use says" in refused(db, "frameworks.use", world_of.hub_lead,
                                                     **use_fields(db, draft["id"]))  # fmt: skip


def test_what_changes_is_said_in_sentences(db, world_of):
    draft = write(db, world_of, a_draft(db, world_of), aspects={
        "Leadership": {"name": "Leading"}, "Lesson design": {"out": "y"}, "Subject knowledge": {"outcome": "pupils"},
        "new": [{"name": "Talk", "outcome": "practice"}],
    }, steps={"Starting": {"about": "Somebody tries."}})  # fmt: skip
    found = queries.whole(db, draft)
    said = {(n["what"], n["words"]) for n in comparing.compare(queries.in_use(db), found)}
    assert said == {
        ("The same aspect in other words", "Leading"), ("Aspect taken out", "Lesson design"), ("New aspect", "Talk"),
        ("Reported under another outcome", "Subject knowledge: Pupils’ learning"),
        ("Explained otherwise", "Starting: Somebody tries."),
    }  # fmt: skip
    assert names({"aspects": found["out"]["aspects"]}) == ["Lesson design"]
    assert names(queries.whole(db, write(db, world_of, draft, aspects={"Lesson design": {"out": ""}})))[-1] == (
        "Lesson design"
    )


@pytest.mark.parametrize(("parts", "changed", "sentence"), [
    ("aspects", {"Leadership": {"name": "lesson  DESIGN!"}}, "two aspects called"),
    ("steps", {"new": [{"name": "Starting"}]}, "two steps called"),
    ("aspects", {"Leadership": {"name": ""}}, "in row 2 has no name"),
    ("aspects", {"Leadership": {"name": "…"}}, "in row 2 has no name"),
    ("aspects", {"new": [{"about": "Only explained"}]}, "in row 6 has no name"),
    ("aspects", {"Leadership": {"out": "y"}, "new": [{"name": "Leadership"}]}, "among those taken out"),
    ("aspects", {"Leadership": {"name": "Lesson design"}, "Lesson design": {"name": "Leadership"}}, "another aspect"),
    ("aspects", {"new": [{"name": f"Aspect {n}"} for n in range(8)]}, "12 aspects are enough"),
])  # fmt: skip
def test_what_would_be_mistaken_is_refused_and_nothing_is_lost(db, world_of, sign_in, parts, changed, sentence):
    draft = a_draft(db, world_of)
    fields = rows_of(db, draft, **{parts: changed})
    fields["aspects-0-about"] = "Typed before the refusal"
    answer = sign_in(world_of.hub_lead).post(f"/frameworks/{draft}/edit", data=fields)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and sentence in page and "Typed before the refusal" in page
    assert names(queries.whole(db, draft)) == names(queries.in_use(db))


def test_a_row_is_moved_and_rows_are_added_without_anything_being_kept(db, world_of, sign_in):
    draft, client = a_draft(db, world_of), sign_in(world_of.hub_lead)
    fields = rows_of(db, draft, aspects={"Leadership": {"name": "Typed name"}})
    page = client.post(f"/frameworks/{draft}/edit", data={**fields, "move": "aspects-1-up"}).get_data(as_text=True)
    assert page.index("Typed name") < page.index("Systems and culture")
    page = client.post(f"/frameworks/{draft}/edit", data={**fields, "more": "steps"}).get_data(as_text=True)
    assert 'name="steps-5-name"' in page and "Typed name" in page
    assert names(queries.whole(db, draft)) == names(queries.in_use(db))
    assert client.post(f"/frameworks/{draft}/edit", data={**fields, "move": "other-x-up"}).status_code == 200


def test_the_order_of_the_rows_is_the_order_of_the_aspects(db, world_of):
    draft = a_draft(db, world_of)
    fields = rows_of(db, draft)
    for field in ("part", "name", "about", "outcome"):
        fields[f"aspects-0-{field}"], fields[f"aspects-4-{field}"] = (
            fields[f"aspects-4-{field}"], fields[f"aspects-0-{field}"],
        )  # fmt: skip
    do(db, "frameworks.save", world_of.hub_lead, **fields)
    found = queries.whole(db, draft)
    assert names(found)[0] == "Professional development in school"
    assert [n["what"] for n in comparing.compare(queries.in_use(db), found)] == ["The aspects in another order"]


def test_two_who_write_at_once_are_both_shown_and_what_was_read_is_what_is_used(db, world_of, sign_in):
    w = world_of
    draft = a_draft(db, w)
    mine = rows_of(db, draft, aspects={"Leadership": {"name": "Mine"}})
    use_mine = use_fields(db, draft)
    write(db, w, draft, aspects={"Leadership": {"name": "Theirs"}})
    client = sign_in(w.hub_lead)
    answer = client.post(f"/frameworks/{draft}/edit", data=mine)
    assert answer.status_code == 409 and "Theirs" in (page := answer.get_data(as_text=True)) and "Mine" in page
    answer = client.post(f"/frameworks/{draft}/use", data=use_mine)
    assert answer.status_code == 409 and "changed this draft while you were reading" in answer.get_data(as_text=True)
    assert queries.bare(db, draft)["state"] == "draft"


def test_a_draft_is_whole_before_it_is_put_to_use(db, world_of):
    w = world_of
    draft = write(db, w, a_draft(db, w), aspects={"Leadership": {"outcome": ""}})
    assert "for “Leadership” under which" in refused(db, "frameworks.use", w.hub_lead, **use_fields(db, draft))
    every = {name: {"out": "y"} for name in names(queries.in_use(db))}
    write(db, w, draft, aspects=every)
    assert "Every aspect is taken out" in refused(db, "frameworks.use", w.hub_lead, **use_fields(db, draft))
    write(db, w, draft, aspects={n: {"out": "", "outcome": "practice"} for n in every},
          steps={n: {"out": "y"} for n in names(queries.in_use(db), "steps")[1:]})  # fmt: skip
    assert "two at least" in refused(db, "frameworks.use", w.hub_lead, **use_fields(db, draft))


def test_a_line_has_one_draft_and_what_was_put_to_use_stays(db, world_of):
    w = world_of
    first = queries.in_use(db)["id"]
    draft = a_written_draft(db, w)
    assert "a draft already" in refused(db, "frameworks.begin", w.hub_lead, framework=first)
    a_draft(db, w, strand="Primary Sustaining")
    again = {"framework": first, "strand": "primary SUSTAINING"}
    assert "a draft already" in refused(db, "frameworks.begin", w.hub_lead, **again)
    do(db, "frameworks.withdraw", w.hub_lead, framework=draft)
    other = a_draft(db, w)
    assert "a draft already" in refused(db, "frameworks.restore", w.hub_lead, framework=draft)
    do(db, "frameworks.withdraw", w.hub_lead, framework=other)
    do(db, "frameworks.restore", w.hub_lead, framework=draft)
    fields = rows_of(db, draft)
    use(db, w, draft)
    assert queries.bare(db, draft)["version"] == 2
    for kind, more in (("frameworks.save", fields), ("frameworks.withdraw", {"framework": draft})):
        assert "stays as it is" in refused(db, kind, w.hub_lead, **more)


def test_a_version_is_taken_back_only_while_nobody_has_reviewed_with_it(db, world_of, sign_in):
    w = world_of
    first, draft = queries.in_use(db)["id"], use(db, w, a_written_draft(db, w))
    client = sign_in(w.hub_lead)
    assert "Make it a draft again" in client.get(f"/frameworks/{draft}").get_data(as_text=True)
    do(db, "frameworks.take_back", w.hub_lead, framework=draft)
    assert queries.in_use(db)["id"] == first and queries.bare(db, draft)["version"] < 1
    use(db, w, draft)
    a_review(db, w)
    assert "have been reviewed with it" in refused(db, "frameworks.take_back", w.hub_lead, framework=draft)
    assert "Make it a draft again" not in client.get(f"/frameworks/{draft}").get_data(as_text=True)
    assert "begun here" in refused(db, "frameworks.take_back", w.hub_lead, framework=first)


def test_versions_are_no_secret_and_drafts_are_the_hubs(db, world_of, sign_in):
    w = world_of
    first, draft = queries.in_use(db)["id"], a_draft(db, w)
    opens = {
        address: {who for who in WHO if sign_in(getattr(w, who)).get(address).status_code == 200}
        for address in ("/frameworks", f"/frameworks/{first}", f"/frameworks/{draft}", f"/frameworks/{draft}/edit")
    }
    assert opens == {"/frameworks": RUNS, f"/frameworks/{first}": set(WHO), f"/frameworks/{draft}": RUNS,
                     f"/frameworks/{draft}/edit": RUNS}  # fmt: skip
    page = sign_in(w.leader).get(f"/frameworks/{first}").get_data(as_text=True)
    assert "Begin a draft" not in page and "Who uses it" not in page
    for deed in ("use", "take-back", "end", "withdraw", "restore", "edit"):
        assert sign_in(w.leader).post(f"/frameworks/{draft}/{deed}").status_code == 404


def test_the_pages_show_words_as_words_and_say_who_would_use_a_draft(db, world_of, sign_in):
    w, mark = world_of, "<script>alert('x')</script>"
    draft = write(db, w, a_draft(db, w, strand=f"Strand {mark}"), aspects={"Leadership": {"name": mark, "about": mark}})
    with store.writing(db):
        store.alter(db, "work_group", w.group, strand=f"strand {mark}")
    client = sign_in(w.hub_lead)
    for address in ("/frameworks", f"/frameworks/{draft}", f"/frameworks/{draft}/edit"):
        assert mark not in client.get(address).get_data(as_text=True)
    page = client.get(f"/frameworks/{draft}").get_data(as_text=True)
    assert "1 Work Group, 2 schools" in page and "Primary South" in page and "Secondary Estuary" not in page
    assert client.post(f"/frameworks/{draft}/use", data=use_fields(db, draft)).status_code == 303
    page = client.get(f"/frameworks/{draft}").get_data(as_text=True)
    assert mark not in page and "Use what every strand uses" in page
    assert client.post(f"/frameworks/{draft}/end").status_code == 303
    assert client.post(f"/frameworks/{draft}/end").status_code == 422
