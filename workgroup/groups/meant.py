"""What is meant for each school of a Work Group, in words: visits, or days of visits. Pure."""


def say(visits, days):
    """Say it: 3 visits; 3 days of visits; 3 visits, 1.5 days; no visits; or nothing where it is as agreed."""
    if days is not None:
        some = f"{days:g} {'day' if days == 1 else 'days'}"
        return f"{_visits(visits)}, {some}" if visits else f"{some} of visits"
    return _visits(visits) if visits is not None else ""


def _visits(number):
    return f"{number or 'no'} {'visit' if number == 1 else 'visits'}"
