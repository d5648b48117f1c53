"""Data protection: the privacy notice, what is held about a person, erasing, and how long words are kept."""
