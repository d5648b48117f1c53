"""Work Groups: their schools and the schools' engagement, their people, words and tags, and the half-terms."""
