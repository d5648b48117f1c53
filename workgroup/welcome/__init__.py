"""Beginning: what comes next in an empty hub or Work Group, the words of a first visit, help, and a guide on paper."""
