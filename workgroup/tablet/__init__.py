"""What a tablet talks to: /sync."""
