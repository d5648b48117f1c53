"""Gap tasks between sessions and their returns, and what schools did of their own: in-school work."""
