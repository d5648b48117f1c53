"""Lists that people order by hand, one place earlier or later at a time."""

from workgroup.door import Refused


def moved(order, id, is_earlier):
    """Return an order with one of it a place earlier or later; Refused where it stands at that end already."""
    if id not in order:
        raise Refused("This has been taken away already.")
    here = order.index(id)
    there = here + (-1 if is_earlier else 1)
    if not 0 <= there < len(order):
        raise Refused("It stands first already." if is_earlier else "It stands at the end already.")
    order = order.copy()
    order.insert(there, order.pop(here))
    return order
