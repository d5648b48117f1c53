"""Where a school is: aspects and steps of a framework, reviewed with evidence, agreed with the school."""
