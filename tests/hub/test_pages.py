"""The hub's pages: who sees what, what they offer, and what is said when something is wrong."""

import re

import pytest

from tests.formats.test_formats import read_csv, read_xlsx
from tests.hub.conftest import at
from tests.world import days, do
from workgroup import clock, store
from workgroup.people.post import new_id

HUB = ("hub_lead", "administrator")
PAGES = ("/hub/exports", "/hub/exports/dictionary", "/hub/exports/attendance", "/hub/exports/engagement?format=xlsx")


def groups_in(client, kind="attendance", **asked):
    """Return the titles of the Work Groups in a downloaded CSV."""
    response = client.get(f"/hub/exports/{kind}", query_string={"as_at": days(0), **asked})
    assert response.status_code == 200
    return {row[read_csv([response.data])[0].index("work_group")] for row in read_csv([response.data])[1:]}


@pytest.mark.parametrize("who", HUB)
def test_the_hub_has_its_page_and_every_work_group_in_its_exports(year, sign_in, who):
    client = sign_in(getattr(year, who))
    assert client.get("/hub").status_code == 200
    assert groups_in(client, "engagement") == {"Primary South", "Secondary Estuary"}
    assert groups_in(client, "engagement", group=year.far_group) == {"Secondary Estuary"}


def test_a_leader_exports_the_groups_they_lead_and_no_other(year, sign_in):
    client = sign_in(year.leader)
    assert client.get("/hub").status_code == 404
    assert groups_in(client) == groups_in(client, "engagement") == {"Primary South"}
    for address in ("/hub/exports", "/hub/exports/attendance", "/hub/exports/engagement"):
        assert client.get(address, query_string={"group": year.far_group}).status_code == 404
        assert client.get(address, query_string={"group": new_id()}).status_code == 404
    page = client.get("/hub/exports").get_data(as_text=True)
    assert "Primary South" in page and "Secondary Estuary" not in page


def test_a_leader_whose_time_is_over_exports_nothing(db, year, sign_in):
    with store.writing(db):
        store.alter(db, "membership", year.leader_membership, to_on=days(-1))
    assert sign_in(year.leader).get("/hub/exports").status_code == 404
    assert sign_in(year.co_leader).get("/hub/exports").status_code == 200


@pytest.mark.parametrize("who", ["participant", "neighbour", "outsider"])
@pytest.mark.parametrize("address", ["/hub", *PAGES])
def test_nobody_else_sees_the_hub_or_an_export(year, sign_in, who, address):
    assert sign_in(getattr(year, who)).get(address).status_code == 404


@pytest.mark.parametrize("address", ["/hub", *PAGES])
def test_signed_out_is_asked_to_sign_in(year, sign_in, address):
    response = sign_in(None).get(address)
    assert response.status_code == 303 and "/sign-in" in response.location


def test_the_hub_page_counts_schools_and_sessions_and_leads_on(db, year, sign_in):
    do(db, "groups.set_engagement", year.leader, school_in_group=year.in_group, state="active", since_on=days(-9))
    page = sign_in(year.hub_lead).get("/hub").get_data(as_text=True)
    row = page[page.index("Primary South") : page.index("Secondary Estuary")]
    said = re.sub(r'<span class="hidden">.*?</span>|<[^>]+>', "", row)
    assert [n in said for n in ("1 of 2 planned", "Primary Embedding, NCP26-10")] == [True, True]
    states = re.findall(r'class="number"><a href="/hub/overview\?group=[-\w]+&amp;state=(\w+)">(\d)<', row)
    assert states == [("registered", "1"), ("active", "1"), ("completed", "0"), ("withdrawn", "0")]
    half_terms = "/half-terms/" + clock.academic_year(days(0)).replace("/", "-")
    for address in ("/people", "/mail", "/hub/settings", "/schools/import", half_terms, "/groups/new", "/hub/exports"):
        assert f'href="{address}"' in page, address


def test_a_hub_without_work_groups_says_what_to_do_first(app, db, sign_in):
    lead = do(db, "people.set_up", hub="New Hub", name="Nia Lead", email="nia@example.org").about
    client = sign_in(lead)
    assert "Make the first one" in client.get("/hub").get_data(as_text=True)
    assert "No school was registered by this day" in client.get("/hub/exports?kind=engagement").get_data(as_text=True)
    assert "Nobody was on a register by this day" in client.get("/hub/exports").get_data(as_text=True)


def test_the_preview_shows_the_first_twenty_rows_and_the_count(db, year, sign_in):
    with store.writing(db):
        for number in range(30):
            store.put(db, "register_mark", id=new_id(), session=year.session, visitor=f"Visitor {number:02d}",
                      attending_as="visitor", status="present", by=year.leader, by_leader=1, at=at(-10))  # fmt: skip
    page = sign_in(year.leader).get("/hub/exports").get_data(as_text=True)
    assert "Attendance: 34 rows" in page and "The first 20 are shown." in page
    assert page.count("<tr>") == 21 and "Visitor 19" in page and "Visitor 20" not in page


def test_the_preview_keeps_what_was_asked_in_its_download_links(year, sign_in):
    asked = {"kind": "engagement", "group": year.group, "as_at": days(-5)}
    client = sign_in(year.hub_lead)
    page = client.get("/hub/exports", query_string=asked).get_data(as_text=True)
    for format in ("csv", "xlsx"):
        link = f"/hub/exports/engagement?format={format}&amp;group={year.group}&amp;as_at={days(-5)}"
        assert f'href="{link}"' in page
        assert client.get(link.replace("&amp;", "&")).status_code == 200


def test_a_download_is_a_file_that_is_not_kept(year, sign_in):
    response = sign_in(year.leader).get("/hub/exports/attendance", query_string={"as_at": days(-4)})
    assert response.headers["Content-Disposition"] == f"attachment; filename=attendance-as-at-{days(-4)}.csv"
    assert response.mimetype == "text/csv" and response.headers["Cache-Control"] == "no-store"
    assert response.data.startswith(b"\xef\xbb\xbfhub,")
    sheet = sign_in(year.leader).get("/hub/exports/attendance?format=xlsx")
    assert sheet.mimetype.endswith("spreadsheetml.sheet") and len(read_xlsx([sheet.data])) == 5


def test_a_day_may_be_typed_as_people_do(year, sign_in):
    response = sign_in(year.leader).get("/hub/exports/attendance", query_string={"as_at": "9/3/2026"})
    assert "as-at-2026-03-09" in response.headers["Content-Disposition"]


@pytest.mark.parametrize("address", ["/hub/exports", "/hub/exports/attendance", "/hub/exports/engagement?format=xlsx"])
@pytest.mark.parametrize("typed", ["31/2/2027", "soon", "9999-12-31", "0001-01-01"])
def test_a_day_that_is_none_is_said_with_what_was_typed(year, sign_in, address, typed):
    response = sign_in(year.leader).get(address + ("&" if "?" in address else "?") + "as_at=" + typed)
    page = response.get_data(as_text=True)
    assert response.status_code == 422 and "Enter a day like 9/3/2027." in page and f'value="{typed}"' in page


def test_no_day_at_all_is_asked_for(year, sign_in):
    response = sign_in(year.leader).get("/hub/exports/attendance?as_at=")
    assert response.status_code == 422 and "Enter the day." in response.get_data(as_text=True)
    # what will be then nobody knows, and of an anonymous file it would tell schools that still wait
    response = sign_in(year.leader).get(f"/hub/exports/attendance?as_at={days(1)}")
    assert response.status_code == 422 and "This day has not come yet." in response.get_data(as_text=True)


@pytest.mark.parametrize(
    "address", ["/hub/exports/sums", "/hub/exports/attendance?format=ods", "/hub/exports/attendance?group=x"]
)
def test_what_is_not_there_is_not_there(year, sign_in, address):
    assert sign_in(year.hub_lead).get(address).status_code == 404


def test_an_unknown_kind_in_the_form_is_said(year, sign_in):
    response = sign_in(year.leader).get("/hub/exports?kind=sums")
    assert response.status_code == 422 and "Choose one from the list." in response.get_data(as_text=True)


def test_the_dictionary_names_every_column(year, framework, sign_in):
    page = sign_in(year.leader).get("/hub/exports/dictionary").get_data(as_text=True)
    for name in ("session_summary", "both_teachers_sessions", "systems_and_culture_step", "systems_and_culture_on"):
        assert f"<dt>{name}</dt>" in page
