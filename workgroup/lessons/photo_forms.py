"""The shape of a photo of a lesson: what every photo says of itself, and what it belongs to."""

from workgroup.fields import Pick, needed
from workgroup.photos.forms import Announced


class PhotoForm(Announced):
    """A photo taken in a lesson."""

    lesson = Pick(validators=needed("Say which lesson."))
    noticing = Pick("Which moment it belongs to")
