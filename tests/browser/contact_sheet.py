"""A page to look through the screenshots: a row a screen, a picture a size and scheme."""

from html import escape

STYLE = """
body { font: 16px/1.4 system-ui, sans-serif; margin: 1rem; background: #ddd; color: #111 }
section { margin-block: 1rem 2rem } h2 { font-size: 1.1rem; margin: 0 } p { margin: 0 0 .5rem; color: #444 }
div { display: flex; flex-wrap: wrap; gap: .75rem; align-items: start } figure { margin: 0 }
img { display: block; width: 200px; max-height: 420px; object-fit: cover; object-position: top; background: #fff }
figcaption { font-size: .8rem } nav { columns: 5 14rem; margin-block: 1rem }
"""


def write(target, taken, missed):
    """Write index.html beside the pictures; `taken` are (screen, [(label, file name), …])."""
    links = "".join(f'<a href="#{escape(s.name)}">{escape(s.name)}</a><br>' for s, _ in taken)
    rows = "".join(_row(screen, pictures) for screen, pictures in taken)
    left = f"<p>No link leads to: {escape(', '.join(missed))}</p>" if missed else ""
    page = (f'<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>Screens</title><style>{STYLE}</style>'
            f"<h1>{len(taken)} screens</h1>{left}<nav>{links}</nav>{rows}</html>")  # fmt: skip
    (target / "index.html").write_text(page)


def _row(screen, pictures):
    shown = "".join(
        f'<figure><a href="{escape(file)}"><img src="{escape(file)}" loading="lazy" alt=""></a>'
        f"<figcaption>{escape(label)}</figcaption></figure>" for label, file in pictures
    )  # fmt: skip
    who = escape(screen.person or "nobody signed in")
    name, address = escape(screen.name), escape(screen.address)
    return f'<section id="{name}"><h2>{name}</h2><p>{who}: {address}</p><div>{shown}</div></section>'
