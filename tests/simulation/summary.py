"""What a run of the simulation comes to, in a line at the end: seeds run, entries made, entries lost.

The hook is taken up by tests/conftest.py: with several workers only that file is read where the summary is written.
"""

NAME = "simulation"


def pytest_terminal_summary(terminalreporter):
    """Say it once, for all workers together."""
    reports = [report for found in terminalreporter.stats.values() for report in found]
    calls = [report for report in reports if getattr(report, "when", None) == "call"]
    told = [value for report in calls for name, value in report.user_properties if name == NAME]
    if told:
        made, lost = (sum(one[name] for one in told) for name in ("made", "lost"))
        terminalreporter.write_line(f"Simulation: {len(told)} seeds run, {made} entries made, entries lost: {lost}")
