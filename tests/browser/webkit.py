"""A real WebKit, the engine of every iPad: WebKitGTK's MiniBrowser, driven by its own driver on a screen in memory.

    with webkit() as browser:
        browser.get(server.link(email))

Every process that is started here is ended by its own id, and what it would leave in somebody's home goes to a folder
of its own. What a test does in it is in test_webkit.py.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path

from selenium import webdriver
from selenium.common.exceptions import TimeoutException, WebDriverException
from selenium.webdriver import WebKitGTKOptions
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.support.ui import WebDriverWait

from tests.browser.driving import SIZES, free_port

DRIVER, SCREEN = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
BROWSER = next(iter(sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))), None)
PATIENCE = 60  # seconds for a process to come up or a page to load; a wait ends when it is there


@contextmanager
def webkit(size="portrait"):
    """A WebKit whose page has this size, in light colours; it remembers nothing of the one before it."""
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home,
        _screen() as screen,
        _driver(screen, home) as port,
    ):
        where = ClientConfig(f"http://127.0.0.1:{port}", timeout=2 * PATIENCE)
        browser = webdriver.Remote(RemoteConnection(client_config=where), options=_options())
        try:
            browser.set_page_load_timeout(PATIENCE)
            _resize(browser, *SIZES[size])
            yield browser
        finally:
            browser.quit()


def _options():
    options = WebKitGTKOptions()
    options.binary_location = str(BROWSER)
    options.accept_insecure_certs = True  # that of the fault proxy is known to nobody
    options.add_argument("--automation")  # without it the browser takes no orders, and with it it remembers nothing
    return options


def _environment(screen, home):
    """Return the little that the browser needs to know.

    Root needs nothing more: this MiniBrowser has no sandbox unless it is asked for one, so there is none to switch off
    (WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS). A desktop's own variables stay out: with Wayland's or a bus's the
    window would open before somebody's eyes, and settings of theirs would decide what a test sees.
    """
    return {
        "PATH": os.environ["PATH"],
        "DISPLAY": screen,
        "GDK_BACKEND": "x11",  # the screen in memory is an X screen
        "HOME": home,  # caches of shaders and media plug-ins are written there
        "XDG_RUNTIME_DIR": home,  # so are the sockets between its processes
        "GSETTINGS_BACKEND": "memory",  # else dconf looks for a bus, to ask for a desktop's settings
        "NO_AT_BRIDGE": "1",  # else GTK looks for a screen reader on that bus
        "LIBGL_ALWAYS_SOFTWARE": "1",  # no graphics card, and none is to be looked for
        "LANG": "C.UTF-8",
        "TZ": "Europe/London",
    }


def _resize(browser, width, height):
    """Give the page this size, which is smaller than the window by the browser's own bars."""
    browser.set_window_size(width, height)
    inner = browser.execute_script("return [innerWidth, innerHeight]")
    browser.set_window_size(2 * width - inner[0], 2 * height - inner[1])
    until(browser, "return innerWidth === arguments[0] && innerHeight === arguments[1]", width, height)


def until(browser, script, *given, waits=False):
    """Wait until a script in the page returns something true; one that `waits` hands it to its last argument.

    A page that goes away meanwhile is waited out.
    """
    run = browser.execute_async_script if waits else browser.execute_script
    wait = WebDriverWait(browser, PATIENCE, 0.05, ignored_exceptions=[WebDriverException])
    try:
        wait.until(lambda _: run(script, *given))
    except TimeoutException:
        shown = browser.execute_script("return `${document.readyState} ${location}\n${document.body?.innerText}`")
        raise AssertionError(f"not within {PATIENCE} s: {script} {given}, but {shown}") from None


@contextmanager
def _screen():
    """A screen that is drawn in memory; it chooses a number that nobody uses and says it once it is there."""
    told, telling = os.pipe()
    process = subprocess.Popen(
        [SCREEN, "-displayfd", str(telling), "-screen", "0", "1400x1400x24", "-nolisten", "tcp"],
        pass_fds=[telling], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(telling)
    try:
        with os.fdopen(told) as said:
            number = said.readline().strip()
        assert number, "the screen did not come up"
        yield f":{number}"
    finally:
        process.terminate()
        process.wait()


@contextmanager
def _driver(screen, home):
    """The driver and the browser that it starts, in a process group of their own; yields the driver's port."""
    port = free_port()
    process = subprocess.Popen(
        [DRIVER, f"--port={port}"], env=_environment(screen, home), start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait(process, port)
        yield port
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def _wait(process, port):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert process.poll() is None, f"the driver ended with {process.returncode}"
        with suppress(OSError):
            return urllib.request.urlopen(f"http://127.0.0.1:{port}/status", timeout=PATIENCE).close()
        time.sleep(0.05)  # it is starting; there is nothing else to wait on
    raise AssertionError(f"the driver did not come up within {PATIENCE} s")
