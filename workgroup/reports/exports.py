"""What leaves of a visit: its report as plain values, for the page, the printed sheet and the file in a mail."""

from workgroup import clock, places
from workgroup.formats import as_pdf
from workgroup.reports import drafting

NOTE = "A report of the Work Group to the school. It is meant to name no pupil and to judge no teacher."


def sheet(report):
    """Return a report, sent or still a text, as its page shows it: title, lead, note, parts."""
    day, of = clock.say_whole_day(report["on_day"]), f"visit to {report['school_name']}"
    number = report.get("number") or 1
    return {
        "title": f"Visit to {report['school_name']}",
        "lead": f"{day}. {report['name']}, {report['group_title']}.",
        "version": f"Version {number}, in place of the one before." if number > 1 else "",
        "note": NOTE, "foot": f"{report['group_title']}: {of}, {clock.say_day(report['on_day'], True)}",
        "parts": drafting.parts(report["words"]),
    }  # fmt: skip


def pdf(report):
    """Return the bytes of a report as PDF, and what the file is called."""
    made = as_pdf.pdf(places.TEMPLATES / "print" / "report.typ", sheet(report))
    return made, f"Visit report {report['school_name']} {report['on_day']}"[:110] + ".pdf"
