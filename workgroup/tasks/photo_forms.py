"""The shape of a photo that comes back with a gap task: what every photo says of itself, and whose return it is."""

from workgroup.fields import Pick, needed
from workgroup.photos.forms import Announced


class PhotoForm(Announced):
    """A photo of what was tried."""

    gap_task_return = Pick(validators=needed("Say which return."))
