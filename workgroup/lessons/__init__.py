"""Open lessons: briefing, noticings of every observer on one lesson clock, discussion, sharing."""
