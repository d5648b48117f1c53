"""The first five minutes: from an empty database to the first planned session, by what the pages say alone."""

from datetime import date

from playwright.sync_api import expect

from tests.browser.driving import Server, chromium
from workgroup import clock

MINE = (
    "URN,Name,Phase,Town\n900001,Staithe Lane Primary School,Primary,Havermouth\n"
    "900002,Ottersby CofE Primary School,primary,Ottersby\n12,Broken,Primary,\n"
)
TEACHERS = (("Nadine One", "Staithe Lane"), ("Toby Two", None), ("Sunita Three", "Ottersby CofE"), ("Olaf Four", None))
MOST_TAPS = 45


class Hand:
    """One person's browser: every tap and every box that is filled counts."""

    taps = 0

    def __init__(self, browser, server):
        context = browser.new_context(viewport={"width": 820, "height": 1180}, base_url=server.address)
        self.page, self.troubles = context.new_page(), []
        self.page.set_default_timeout(10_000)
        self.page.on("console", lambda m: self.troubles.append(m.text) if m.type == "error" else None)
        self.page.on("pageerror", lambda e: self.troubles.append(str(e)))

    def tap(self, role, name):
        """Press what is called so."""
        Hand.taps += 1
        self.page.get_by_role(role, name=name).first.click()

    def fill(self, label, text):
        """Write into a box."""
        Hand.taps += 1
        self.page.get_by_label(label, exact=True).fill(text)

    def next_step(self):
        """Press the step that Today offers first."""
        self.page.goto("/")
        Hand.taps += 1
        self.page.locator(".first-steps .button.first").click()


def test_an_empty_hub_leads_to_its_first_planned_session(tmp_path):
    (tmp_path / "mine.csv").write_text(MINE)
    server = Server(tmp_path / "hub.sqlite")
    try:
        said = server.run("setup", "--hub", "Estuary Maths Hub", "--name", "Helen", "--email", "helen@example.org")
        with chromium() as browser:
            lead = Hand(browser, server)
            lead.page.goto(next(w for w in said.split() if "/sign-in/" in w))
            lead.tap("button", "Sign in")
            _schools(lead, tmp_path / "mine.csv")
            _group_with_people(lead)
            link = _link_of(lead, "bethan@example.org")
            leader = Hand(browser, server)
            leader.page.goto(link)
            leader.tap("button", "Sign in")
            _first_session(leader)
            lead.page.goto("/")
            expect(lead.page.locator(".first-steps")).to_have_count(0)
            teacher = Hand(browser, server)
            teacher.page.goto(_link_of(lead, "t0@example.org"))
            teacher.tap("button", "Sign in")
            expect(teacher.page.get_by_role("heading", name="Welcome")).to_be_visible()
            assert lead.troubles + leader.troubles + teacher.troubles == []
    finally:
        server.stop()
    assert Hand.taps <= MOST_TAPS, "the way has become longer"


def _schools(lead, path):
    lead.next_step()
    lead.page.get_by_label("The file").set_input_files(path)
    lead.tap("button", "Show me what would happen")
    expect(lead.page.get_by_text("2 schools added, 0 changed, 0 as they were, 1 left out")).to_be_visible()
    lead.tap("button", "Bring the others in")
    expect(lead.page.get_by_role("heading", name="They are in")).to_be_visible()


def _group_with_people(lead):
    lead.next_step()
    lead.fill("Title", "Primary South")
    lead.tap("button", "Make it")
    for words in ("Staithe", "Ottersby"):
        lead.fill("Name, town, postcode or URN", words)
        lead.tap("button", "Find")
        lead.tap("button", "Register this school")
    lead.next_step()
    _add(lead, "Bethan Leader", "bethan@example.org")
    for number, (name, school) in enumerate(TEACHERS):
        if school:
            Hand.taps += 1
            options = lead.page.get_by_label("School", exact=True)
            options.select_option(label=next(o for o in options.locator("option").all_inner_texts() if school in o))
        _add(lead, name, f"t{number}@example.org")


def _add(lead, name, email):
    lead.fill("Name", name)
    lead.fill("E-mail", email)
    lead.tap("button", "Add and invite")
    expect(lead.page.get_by_text(f"{name} is in the group.")).to_be_visible()


def _link_of(lead, email):
    """Return the link that waits for somebody on the page of the mail."""
    lead.page.goto("/mail")
    entry = lead.page.locator(".entry", has_text=email).filter(has=lead.page.get_by_role("link"))
    return entry.last.get_by_role("link").get_attribute("href")  # the oldest: the session comes later


def _first_session(leader):
    leader.next_step()
    leader.fill("First session", _a_school_day())
    leader.tap("button", "Show me the year")
    Hand.taps += 1
    leader.page.get_by_role("button", name="Plan th").click()
    leader.page.wait_for_url("**/calendar")
    leader.next_step()
    leader.tap("button", "Send the invitations")
    leader.page.goto("/")
    expect(leader.page.locator(".first-steps")).to_have_count(0)
    expect(leader.page.get_by_role("link", name="The plan")).to_be_visible()


def _a_school_day():
    """Return the first Tuesday from tomorrow on in a half-term of the year that a new group is offered."""
    ahead = lambda n: clock.day_of(clock.after(n * 86_400))  # noqa: E731
    year = clock.academic_year(clock.today())
    if clock.usual_half_terms(year)[-1][2] < ahead(14):
        year = clock.academic_year(ahead(60))
    days = (ahead(n) for n in range(1, 120) if date.fromisoformat(ahead(n)).weekday() == 1)
    return next(d for d in days if any(a <= d <= b for _, a, b in clock.usual_half_terms(year)))
