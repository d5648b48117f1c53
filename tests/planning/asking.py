"""Asking for a year as the page does."""

from bs4 import BeautifulSoup

from tests.filling import sent_by

YEAR = {"academic_year": "2026/27", "title": "Primary South", "leader_word": "Specialist", "meeting_word": "TRG",
        "participant_word": "Lead Participant"}  # fmt: skip
ASKED = {"first": "2026-09-22", "count": "6", "kind": "TRG", "starts": "13:00", "ends": "16:00", "mode": "room"}


def form_of(answer):
    """Return what the form of a page would send."""
    page = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
    return sent_by(page.find("form", method="post", action=None))


def propose(client, w, **more):
    """Ask for a year that both schools host in turn."""
    return client.get(f"/groups/{w.group}/year", query_string={**ASKED, "hosts": [w.school, w.school2], **more})
