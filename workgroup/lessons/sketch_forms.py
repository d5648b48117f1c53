"""The shapes of sketches: what was drawn, and in words what it shows."""

from wtforms.validators import ValidationError

from workgroup import sketching
from workgroup.fields import Form, Pick, needed, words


class SketchForm(Form):
    """A sketch of what was seen."""

    lesson = Pick(validators=needed("Say which lesson."))
    noticing = Pick("Which moment it belongs to")
    drawn = words("Drawn", needed(sketching.NOTHING), most=sketching.MOST_BYTES)
    described = words(
        "In words", needed("Say in words what it shows, for whoever cannot see it."), most=500,
        description="For whoever cannot see it. By code: Pupil A, Table 3. Never a name.",
    )  # fmt: skip

    def validate_drawn(self, field):
        """Take shapes only, as many as a page can carry."""
        try:
            sketching.read(field.data)
        except sketching.NotASketch as wrong:
            raise ValidationError(str(wrong)) from None


class SketchPickForm(Form):
    """One sketch."""

    sketch = Pick(validators=needed("Say which sketch."))
