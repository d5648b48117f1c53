"""What the hub reads and takes away: the exports."""
