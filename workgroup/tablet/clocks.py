"""A tablet's clock put right: when each entry of a batch was really made.

Pure: no Flask, no database. An entry says `at` by the tablet's wall clock, which may be wrong by hours or jump, and
`ticks` by a clock that only runs forward while its `boot` lasts. Whatever cannot be read is passed over.
"""

from workgroup import clock

SMALL_SKEW = 2_000  # a wall clock this near is left alone: the line's own delay is as long
LINE = 30_000  # a batch may be this long on its way: the tablet gives up sooner
ABSURD = 400 * 86_400_000
MOST_ANCHORS = 10_000
EPOCH, FIRST = "1970-01-01T00:00:00.000Z", "1900-01-01T00:00:00.000Z"


def put_right(batch, entries, received, anchors):
    """Return the moment of each entry, in order; never later than `received`.

    Within one boot the order of the ticks is kept, and at least their distance: a tablet that slept had fewer ticks
    than the world, never more. `anchors` is a dict kept between batches by `remember`, of where the newest entry of
    each boot was put: a batch that hung on its way cannot fall behind the next one.
    """
    now = _milliseconds(received)
    stamps = [_guess(batch, entry, now) for entry in entries]
    for boot, places in _boots(entries).items():
        ticks = [entries[place]["ticks"] for place in places]
        put = _in_order([stamps[place] for place in places], ticks, anchors.get(boot), now)
        for place, stamp in zip(places, put, strict=True):
            stamps[place] = stamp
    return [clock.after(max(min(stamp, now), _milliseconds(FIRST)) / 1000, EPOCH) for stamp in stamps]


def remember(anchors, entries, moments):
    """Remember where the newest entry of each boot was put, once a batch is in: one that failed binds nothing."""
    for boot, places in _boots(entries).items():
        ticks, stamp = entries[places[-1]]["ticks"], _milliseconds(moments[places[-1]])
        known = anchors.pop(boot, None)
        anchors[boot] = known if known and known[0] >= ticks else (ticks, stamp)
        if len(anchors) > MOST_ANCHORS:
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


def _in_order(stamps, ticks, anchor, now):
    """Move stamps, given by ascending ticks, as little as their order and the anchor (ticks, stamp) ask."""
    # what was put once keeps its place: it waited for what it belongs to, or its answer was lost
    put = [anchor[1] if anchor and tick == anchor[0] else stamp for tick, stamp in zip(ticks, stamps, strict=True)]
    for i in reversed(range(len(put))):
        later = [*zip(ticks[i + 1 : i + 2], put[i + 1 : i + 2], strict=True)]
        later += [anchor] if anchor and anchor[0] > ticks[i] else []
        put[i] = min([put[i], *(stamp - _apart(ticks[i], tick) for tick, stamp in later)])
    for i in range(len(put) if anchor else 0):
        if ticks[i] > anchor[0]:
            least = min(anchor[1] + _apart(anchor[0], ticks[i]), now)
            put[i] = max(put[i], least, put[i - 1] + 1 if i else 0)
    for i in reversed(range(len(put))):
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
