"""Photos of the board or of work, whatever they belong to: how they are announced, come in pieces and go."""
