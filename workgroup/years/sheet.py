"""A sheet of the demo year as a file: one page of plain lines, the smallest PDF there is. Pure."""

import io

HEAD = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


class Sheet(io.BytesIO):
    """A PDF of these lines, as a browser would send it: bytes with a name."""

    filename = "Sheet.pdf"

    def __init__(self, lines):
        super().__init__(_pdf(lines))


def _pdf(lines):
    said = " T* ".join(f"({_escaped(line)}) Tj" for line in lines)
    drawn = f"BT /F 16 Tf 28 TL 72 760 Td {said} ET".encode("cp1252")
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        HEAD.encode(),
    ]
    made, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return made + end % (table, len(made))


def _escaped(line):
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
