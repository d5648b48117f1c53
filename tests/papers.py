"""What stands on a paper that was made."""


def words_of_paper(reader):
    """Return the words of all pages of a PDF, as its reader has it, on one line."""
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())
