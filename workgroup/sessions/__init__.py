"""Sessions of a Work Group: the plan, the agenda, the register, notes, decisions and the summary."""
