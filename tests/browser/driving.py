"""A real server process and a real Chromium, for the browser tests and for the screenshots."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

CHROMIUM = next((p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), None)
SIZES = {"portrait": (820, 1180), "landscape": (1180, 820), "phone": (390, 844)}


def free_port():
    """Return a port of loopback that nobody uses now."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


class Server:
    """`workgroup serve` as its own process on a database; ended by its own id.

    `address` is where people reach it: its own, or that of a proxy in front of it (tests/browser/faults.py).
    """

    def __init__(self, database, *options, address=None):
        self.database, self.port, self.options = Path(database), free_port(), options
        self.own_address = f"http://127.0.0.1:{self.port}"
        self.address = address or self.own_address
        self.start()

    def start(self):
        """Start it, the first time or again after `kill`, on the same port; what it says goes to a file."""
        self.output = tempfile.TemporaryFile("a+")  # noqa: SIM115 - kept until it is stopped
        self.process = subprocess.Popen(
            [*self._command(), "serve", "--port", str(self.port), *self.options],
            stdout=self.output, stderr=subprocess.STDOUT, text=True,
            env={**os.environ, "WORKGROUP_PUBLIC_ADDRESS": self.address},
        )  # fmt: skip
        self._wait()

    def _command(self):
        return [sys.executable, "-m", "workgroup", "--database", str(self.database)]

    def _wait(self):
        for _ in range(600):
            if self.process.poll() is not None:
                raise RuntimeError(f"the server ended: {self.said()}")
            try:
                urllib.request.urlopen(f"{self.own_address}/sign-in", timeout=2).close()
                return
            except OSError:
                time.sleep(0.1)  # it is starting; there is nothing else to wait on
        raise RuntimeError("the server did not come up within a minute")

    def said(self):
        """Return all that it printed and logged since it was started."""
        self.output.seek(0)
        return self.output.read()

    def run(self, *words, expect=0):
        """Run a command on the same database and return what it printed."""
        done = subprocess.run(
            [*self._command(), *map(str, words)], capture_output=True, text=True,
            env={**os.environ, "WORKGROUP_PUBLIC_ADDRESS": self.address},
        )  # fmt: skip
        assert done.returncode == expect, f"{words}: {done.stdout}\n{done.stderr}"
        return done.stdout

    def link(self, email):
        """Return a fresh sign-in link for a person."""
        return self.run("sign-in-link", email).strip().splitlines()[-1]

    def kill(self):
        """End it as a power cut does: at once, in the middle of whatever it does."""
        self.process.kill()
        self.process.wait()
        self.output.close()

    def stop(self):
        """End the process that was started here."""
        if self.output.closed:
            return  # killed already
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.output.close()


@contextmanager
def chromium(*arguments):
    """A headless Chromium of this machine."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", *arguments])
        try:
            yield browser
        finally:
            browser.close()


def signed_in(browser, server, email, size="portrait", scheme="light"):
    """Return a page in a context of its own, signed in as a person by their link; console errors fail later."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, locale="en-GB", timezone_id="Europe/London",
        reduced_motion="reduce", base_url=server.address,
    )  # fmt: skip
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.troubles = []
    page.on("console", lambda m: page.troubles.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: page.troubles.append(str(e)))
    page.goto(server.link(email))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{server.address}/")
    return page
