"""The screenshots know every page: a new route is found by its links, each once, and what is no page is left out."""

from tests.browser import crawling

PAGES = {
    "/": '<a href="/groups/g1">one</a> <a href="/hub/exports/days" download>a file</a> <a href="/nowhere">no</a>',
    "/groups/g1": '<a href="/groups/g2">another</a> <a href="/sessions/s1#agenda">a session</a>',
    "/groups/g2": '<a href="/groups/g3">third</a>', "/groups/g3": '<a href="/groups/g4">fourth</a>',
    "/groups/g4": '<a href="/standing">too far</a>', "/sessions/s1": "",
}  # fmt: skip


def test_a_plain_address_goes_before_a_name_in_it_and_files_are_no_screens():
    known = crawling.routes()
    assert crawling.rule_of("/sessions/s1?ask=p", known) == "/sessions/<id>"
    assert crawling.rule_of("/schools/import", known) == "/schools/import"
    assert crawling.rule_of("/calendar/abc.ics", known) is None
    assert [rule for rule in known if rule.startswith("/static") or rule.endswith(".pdf")] == []


def test_pictures_are_named_by_their_route_and_no_two_alike():
    names = [crawling.name_of(rule) for rule in crawling.routes()]
    assert crawling.name_of("/") == "today"
    assert sorted(names) == sorted(set(names))


def test_links_are_followed_to_one_address_of_each_route_a_few_of_a_kind_in_search_of_more():
    known = crawling.routes()
    found = crawling.crawl(lambda person, address: PAGES.get(address), ["grace", "ife"], ["/"], known)
    assert found == {"/": ("grace", "/"), "/groups/<id>": ("grace", "/groups/g1"),
                     "/sessions/<id>": ("grace", "/sessions/s1")}  # fmt: skip
