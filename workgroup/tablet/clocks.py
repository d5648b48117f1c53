"""A tablet's clock put right: when each entry of a batch was really made.

Pure: no Flask, no database. An entry says `at` by the tablet's wall clock, which may be wrong by hours or jump, and
`ticks` by a clock that only runs forward while its `boot` lasts. Whatever cannot be read is passed over.
"""

import bisect

from workgroup import clock

SMALL_SKEW = 2_000  # a wall clock this near is left alone: the line's own delay is as long
LINE = 30_000  # a batch may be this long on its way: the tablet gives up sooner
ABSURD = 400 * 86_400_000
MOST_BOOTS, MOST_PLACES = 2_000, 100  # what is remembered, and of each boot; some tens of MB at the very most
EPOCH, FIRST = "1970-01-01T00:00:00.000Z", "1900-01-01T00:00:00.000Z"


def put_right(batch, entries, received, anchors):
    """Return the moment of each entry, in order; never later than `received`.

    Within one boot the order of the ticks is kept, and at least their distance: a tablet that slept had fewer ticks
    than the world, never more. `anchors` is a dict kept between batches by `remember`, of where entries of each boot
    were put: a batch that hung on its way cannot fall behind the next one, and what comes again keeps its place.
    """
    now = _milliseconds(received)
    stamps = [_guess(batch, entry, now) for entry in entries]
    for boot, places in _boots(entries).items():
        own = [(entries[place]["ticks"], entries[place]["id"]) for place in places]
        put = _in_order([stamps[place] for place in places], own, anchors.get(boot, []), now)
        for place, stamp in zip(places, put, strict=True):
            stamps[place] = stamp
    return [clock.after(max(min(stamp, now), _milliseconds(FIRST)) / 1000, EPOCH) for stamp in stamps]


def remember(anchors, entries, moments):
    """Remember where entries of each boot were put, once a batch is in: one that failed binds nothing."""
    for boot, places in _boots(entries).items():
        known = anchors.pop(boot, [])
        ids = {id for _, _, id in known}  # where it was put first is its place
        put = [(entries[p]["ticks"], _milliseconds(moments[p]), entries[p]["id"]) for p in places]
        anchors[boot] = sorted([*known, *(one for one in put if one[2] not in ids)])[-MOST_PLACES:]
        if len(anchors) > MOST_BOOTS:
            anchors.pop(next(iter(anchors)), None)


def _guess(batch, entry, now):
    """Return when an entry was made as far as it tells alone, in milliseconds since 1970."""
    at = _milliseconds(entry["at"])
    by_wall = at + _skew(batch, entry, now)
    for guess in (None if _has_slept(batch, entry, now) else _by_ticks(batch, entry, now), by_wall):
        if guess is not None and guess > now - ABSURD:
            return min(guess, now)
    return min(at, now)


def _by_ticks(batch, entry, now):
    """Count back from the moment of receiving, where the batch was sent in the same boot."""
    if _boot(entry) is None or _boot(entry) != _boot(batch) or not _is_tick(batch.get("ticks")):
        return None
    age = round(batch["ticks"] - entry["ticks"])
    return now - age if age >= 0 else None


def _has_slept(batch, entry, now):
    """Tell whether the tablet slept since, so that its wall clock saw more than its ticks.

    A wall clock that was put ahead looks the same, but then it differs from ours otherwise than it did before.
    """
    try:
        sent = _milliseconds(batch.get("sent"))
        parted = sent - _milliseconds(entry["at"]) - (batch["ticks"] - entry["ticks"])
    except (KeyError, ValueError, TypeError, OverflowError):
        return False
    if not SMALL_SKEW < parted < ABSURD:
        return False
    skew = entry.get("skew")
    return not _is_number(skew) or abs(skew - (now - sent)) <= LINE


def _skew(batch, entry, now):
    """Return by how much the wall clock is behind ours: as the tablet last saw it, else as it is at sending."""
    skew = entry.get("skew")
    if not _is_number(skew):
        try:
            skew = now - _milliseconds(batch.get("sent"))
        except (ValueError, TypeError):
            return 0
    return round(skew) if abs(skew) > SMALL_SKEW else 0


def _boots(entries):
    """Return the places of the entries of each person's boot, by their ticks."""
    found = {}
    for place, entry in enumerate(entries):
        if _boot(entry) is not None:
            found.setdefault((entry["by"], entry["boot"]), []).append(place)
    return {boot: sorted(places, key=lambda place: entries[place]["ticks"]) for boot, places in found.items()}


def _in_order(stamps, own, known, now):
    """Move stamps of entries `own`, (ticks, id) by ascending ticks, as little as their order asks and what is known.

    `known` are (ticks, stamp, id) by ascending ticks: what was put once keeps its place; it waited for what it belongs
    to, its answer was lost, or it was said anew. What is new falls between what was made before and after it.
    """
    places, fixed = {id: stamp for _, stamp, id in known}, [tick for tick, _, _ in known]
    ticks = [tick for tick, _ in own]
    put = [places.get(id, stamp) for (_, id), stamp in zip(own, stamps, strict=True)]
    free = [i for i, (_, id) in enumerate(own) if id not in places]
    for i in reversed(free):
        later = [(tick, stamp) for tick, stamp, _ in known[bisect.bisect(fixed, ticks[i]) :][:1]]
        later += [*zip(ticks, put, strict=True)][i + 1 : i + 2]
        put[i] = min([put[i], *(stamp - _apart(ticks[i], tick) for tick, stamp in later)])
    for i in free:
        for tick, stamp, _ in known[: bisect.bisect(fixed, ticks[i])][-1:]:
            put[i] = max(put[i], min(stamp + _apart(tick, ticks[i]), now), put[i - 1] + 1 if i else 0)
    for i in reversed(free):
        put[i] = min(put[i], put[i + 1] - 1 if i + 1 < len(put) else now)
    return put


def _apart(tick, later):
    """Return how long two ticks lie apart at least, in whole milliseconds; never nothing."""
    return max(round(later - tick), 1)


def _boot(told):
    """Return the boot of an entry or batch that also has ticks, or None; a stroke sets off a stretch of it."""
    boot = told.get("boot")
    is_one = isinstance(boot, str) and 0 < len(boot) <= 100 and _is_tick(told.get("ticks"))
    return boot.partition("/")[0] or None if is_one else None


def _is_tick(value):
    return _is_number(value) and 0 <= value < ABSURD


def _is_number(value):
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e13


def _milliseconds(moment):
    return round(clock.read_moment(moment).timestamp() * 1000)
