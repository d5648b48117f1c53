"""Pages that a link in a mail opens without signing in: its holder is whoever it was sent to, on that page alone.

The link is in the address and is kept as a hash; the pages are stored nowhere, and act only when a button is pressed,
because mail scanners open links.
"""

from functools import wraps

from flask import abort, g, request

from workgroup import web
from workgroup.people import post, queries, trying


def by_link(kind, over):
    """Let the holder of a link of a kind in, whoever else is signed in on this browser.

    The view gets the link's row before its `token`; a link that is over shows the page `over` with 410. Who is signed
    in on this browser stands in `g.signed_in_as`.
    """

    def declare(view):
        @wraps(view)
        def opened(token, **said):
            link = queries.link_of(g.db, post.token_hash(token), kind)
            # a right one is none: a whole school reflects from behind one address
            if link is None and request.method == "POST" and not trying.may_try("link"):
                abort(429)
            g.signed_in_as = g.person and g.person["id"]
            g.person, g.tablet, g.is_signed_out = None, None, False
            if link is None:
                web.note_refusal("wrong link")
                return web.show(over, status=410)
            g.proved = link["person"]
            return view(link, token=token, **said)

        return opened

    return declare


def keep_nowhere(response):
    """Hang onto a blueprint of such pages with `after_request`: no cache keeps them."""
    response.headers["Cache-Control"] = "no-store"
    return response
