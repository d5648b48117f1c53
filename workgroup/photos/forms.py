"""The shapes of photos: what is said of one before its pieces come, and the picking of one."""

import re

from wtforms.validators import Regexp, ValidationError

from workgroup.fields import Choice, Form, Pick, line, needed, words
from workgroup.number_fields import Count

SHOWN = [
    ("board", "The board|What is written or drawn on it."),
    ("work", "Pupils’ work|A page, a model, a table top. No face and no name."),
]
TYPES = [("image/jpeg", "JPEG")]
PIECE = 64 * 1024  # bytes: a piece passes a line of 4 kB a second within the tablet's patience of 20 seconds
MOST_BYTES, MOST_PIECES, MOST_PIXELS = 3 * 1024 * 1024, 60, 2000
NOT_A_PICTURE = "This picture cannot be read. Take it again."


class Announced(Form):
    """A photo of the board or of work; its bytes follow in pieces. Each feature adds what its own belongs to."""

    kind = Choice("What it shows", needed("Say whether it shows the board or work."), SHOWN)
    described = words(
        "In words", needed("Say in words what it shows, for whoever cannot see it."), most=500,
        description="What can be seen, for whoever cannot see it. By code: Pupil A, Table 3. Never a name.",
    )  # fmt: skip
    type = Choice("Type", needed(NOT_A_PICTURE), TYPES)
    bytes = Count("Bytes", needed(NOT_A_PICTURE), least=1, most=MOST_BYTES)
    pieces = Count("Pieces", needed(NOT_A_PICTURE), least=1, most=MOST_PIECES)
    digest = line("SHA-256", [*needed(NOT_A_PICTURE), Regexp(re.compile("^[0-9a-f]{64}$"), message=NOT_A_PICTURE)])
    width = Count("Width", needed(NOT_A_PICTURE), least=1, most=MOST_PIXELS)
    height = Count("Height", needed(NOT_A_PICTURE), least=1, most=MOST_PIXELS)

    def validate_pieces(self, field):
        """Hold so many bytes in so many pieces."""
        if field.data and self.bytes.data and not field.data <= self.bytes.data <= field.data * PIECE:
            raise ValidationError(NOT_A_PICTURE)


class PhotoPickForm(Form):
    """One photo."""

    photo = Pick(validators=needed("Say which picture."))
