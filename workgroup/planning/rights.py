"""Who may plan a whole year: whoever may plan its sessions."""

from workgroup.groups.rights import leads, leads_or_runs, takes_part
from workgroup.sessions.rights import leads as leads_session

plans = leads
sees_calendar = takes_part
makes_next_year = leads_or_runs
moves_rest = leads_session
