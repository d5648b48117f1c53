"""What is shipped: wheel, sdist → wheel and editable install all find templates, migrations and static files."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FIRST_PAGE = """
import sys, pathlib
from workgroup import config, create_app, places
assert pathlib.Path(places.PACKAGE).is_relative_to(sys.argv[1]), places.PACKAGE
app = create_app(config.Config(database=pathlib.Path(sys.argv[2])))
client = app.test_client()
page = client.get("/set-up")
assert page.status_code == 200 and b"Set up your Maths Hub" in page.data
import re
for address in re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text):
    assert client.get(address).status_code == 200, address
print("first page served")
"""


def _build(kind, source, target):
    """Build with the back end of this environment: nothing is fetched."""
    code = f"import hatchling.build as b; print(b.build_{kind}({str(target)!r}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=source, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return target / done.stdout.strip().splitlines()[-1]


def _serves_its_first_page(wheel, place):
    """Install the wheel alone in a fresh environment, with the locked dependencies lent by path, and ask it."""
    subprocess.run([sys.executable, "-m", "venv", str(place / "fresh")], check=True)
    python = place / "fresh" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", "--no-index", "--no-deps", str(wheel)], check=True)
    # a directory on PYTHONPATH runs no .pth file, so the editable install of this checkout stays out
    lent = {**os.environ, "PYTHONPATH": sysconfig.get_path("purelib")}
    done = subprocess.run(
        [python, "-c", FIRST_PAGE, str(place / "fresh"), str(place / "hub.sqlite")],
        env=lent, cwd=place, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "first page served" in done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return _build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


def test_the_wheel_serves_its_first_page_from_a_fresh_environment(wheel, tmp_path):
    _serves_its_first_page(wheel, tmp_path)


def test_the_sdist_makes_the_same_wheel_without_npm(wheel, tmp_path):
    sdist = _build("sdist", ROOT, tmp_path)
    subprocess.run(["tar", "xf", str(sdist), "-C", str(tmp_path)], check=True)
    unpacked = next(p for p in tmp_path.iterdir() if p.is_dir())
    again = _build("wheel", unpacked, tmp_path)
    assert sorted(zipfile.ZipFile(again).namelist()) == sorted(zipfile.ZipFile(wheel).namelist())


def test_the_wheel_holds_templates_migrations_and_browser_libraries_and_is_small(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in ("workgroup/templates/base.html", "workgroup/migrations/0001_ledger.py",
                   "workgroup/static/lib/htmx.min.js", "workgroup/static/css/house.css"):  # fmt: skip
        assert wanted in names
    assert wheel.stat().st_size < 5 * 1024 * 1024


def test_the_editable_install_has_no_shadow_of_its_templates():
    assert not (ROOT / "workgroup" / "templates").exists()
    assert not (ROOT / "workgroup" / "migrations").exists()
