"""Ask for every address as every kind of person, and read whatever comes back, also out of files."""

import gzip
import io
import re
import tempfile
import zipfile
from collections import defaultdict

import duckdb
import pypdf
from bs4 import BeautifulSoup

from tests import page_checks
from tests.rights.markers import FOUND
from tests.rights.people import EVERYBODY

WRITES = re.compile(rb'<textarea|maxlength="(?!200")[2-9]\d\d"|maxlength="\d{4,}"|name="(?:why|reason)"')
SAME = {"Sec-Fetch-Site": "same-origin"}


class Crawl:
    """Asks, notes how it was answered, and which marks came back."""

    def __init__(self, app, db, cookies, pristine):
        self.client = app.test_client(use_cookies=False)
        self.db, self.cookies, self.pristine = db, cookies, pristine
        self.answers = defaultdict(dict)  # line: {who: how}
        self.seen = defaultdict(dict)  # word: {who: the first address}
        self.broken = []
        self.untagged = []  # PDFs that are not tagged, have no title, or do not say their language
        self.silent = set()  # addresses where people write and are not told what for
        self.known_as = {}  # who: whom the marks speak of, where that is another word
        self.kept = {}  # the address, as it is written, of what a browser may store: how

    def ask(self, who, method, path, headers=None, reads_as=None, **sent):
        """Ask as a kind of person; return the answer, with its marks noted as read by them, or by a link's holder."""
        before = self._version() if method != "GET" else None
        answer = self.client.open(
            path, method=method, headers={**SAME, "Cookie": self.cookies[who], **(headers or {})}, buffered=True, **sent
        )
        if answer.status_code >= 500:
            self.broken.append(f"{method} {path} as {who}: {answer.status_code}")
        if answer.status_code == 200 and "no-store" not in answer.headers["Cache-Control"]:
            self.kept[re.sub(r"[^/]{30,}", "<id>", path).partition("?")[0]] = answer.headers["Cache-Control"]
        page = unpacked(answer)
        if page.startswith(b"%PDF") and not _is_tagged(page):
            self.untagged.append(f"{method} {path}")
        # read properly only where it is not plain to see: there are thousands of pages
        asks = b"<html" in page and WRITES.search(page) and b'<p class="who purpose">' not in page
        read = BeautifulSoup(page, "html.parser") if asks else None
        if read and page_checks.says_not_what_for(read, path.partition("?")[0]):
            self.silent.add(f"{method} {path}")
        for word in words(answer):
            self.seen[word].setdefault(reads_as or self.known_as.get(who, who), f"{method} {path} {headers or ''}")
        if before is not None and self._version() != before:
            self.pristine.conn.backup(self.db.conn)
        return answer

    def line(self, address, reads_as=None):
        """Ask an address as everybody, and note a line of the table."""
        for who in EVERYBODY:
            answer = self.ask(who, address.method, address.path, address.headers, reads_as)
            self.answers[address.line][who] = how(answer)
            if answer.status_code == 200 and address.method == "GET" and not address.headers and _is_page(answer):
                self.ask(who, "GET", address.path, {"HX-Request": "true"}, reads_as)

    def _version(self):
        return self.db.conn.execute("pragma data_version").fetchone()[0]


def _is_tagged(pdf):
    made = pypdf.PdfReader(io.BytesIO(pdf))
    root = made.trailer["/Root"]
    said = root.get("/Lang") == "en-GB" and made.metadata.title and b"pdfuaid" in made.xmp_metadata.stream.get_data()
    return said and root.get("/MarkInfo", {}).get("/Marked") and "/StructTreeRoot" in root


def how(answer):
    """Return how an answer is written in the table: `in` asks to sign in, a dot is a 404."""
    location = answer.headers.get("Location", "")
    if answer.status_code == 401 or re.match(r"/(sign-in|unlock)\b", location):
        return "in"
    return "." if answer.status_code == 404 else str(answer.status_code)


def _is_page(answer):
    return answer.mimetype == "text/html"


def words(answer):
    """Return every mark in an answer, whatever it is, its headers too."""
    return set(FOUND.findall(text(answer))) | set(FOUND.findall(str(answer.headers)))


def unpacked(answer):
    """Return the bytes of an answer as they were before they were packed for the way."""
    return gzip.decompress(answer.data) if answer.headers.get("Content-Encoding") == "gzip" else answer.data


def text(answer):
    """Return the words of an answer: of a page, a PDF, a spreadsheet, a table."""
    data = unpacked(answer)
    if data.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    if data.startswith(b"PK"):
        book = zipfile.ZipFile(io.BytesIO(data))
        return "\n".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    if data.startswith(b"PAR1"):
        return _parquet(data)
    return data.decode("utf-8", "replace")


def _parquet(data):
    with tempfile.NamedTemporaryFile(suffix=".parquet") as kept:
        kept.write(data)
        kept.flush()
        return str(duckdb.sql(f"select * from '{kept.name}'").fetchall())
