"""What anybody may send, from bytes to whole forms: it is answered in words, and the ledger stays whole."""
