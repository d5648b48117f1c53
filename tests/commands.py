"""The command line as its reader has it, on the record of a test."""

from click.testing import CliRunner

from workgroup.cli import main


def run(settings, *words):
    """Run a command on the record of these settings, and return how it ended and what it said."""
    return CliRunner().invoke(main, ["--database", str(settings.database), *map(str, words)])
