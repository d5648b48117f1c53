"""Workgroup: plan, record and track teaching for mastery Work Groups. `create_app` is the table of contents."""

from flask import Flask
from htmx_flask import Htmx

from workgroup import config, door, guard, logbook, packing, pages, places, store, upgrading
from workgroup.days.claiming import bp as claims
from workgroup.days.entries import bp as day_entries
from workgroup.days.overseeing import bp as days_of_hub
from workgroup.days.views import bp as days
from workgroup.evaluations.views import bp as evaluations
from workgroup.frameworks.views import bp as frameworks
from workgroup.groups.granting import bp as grants
from workgroup.groups.participants import bp as participants
from workgroup.groups.strands import bp as strands
from workgroup.groups.views import bp as groups
from workgroup.home.heads import bp as heads
from workgroup.home.heads import linked as head_link
from workgroup.home.school import bp as school_page
from workgroup.home.side_by_side import bp as side_by_side
from workgroup.home.style import bp as style
from workgroup.home.views import bp as home
from workgroup.hub.later import bp as later
from workgroup.hub.leads import bp as leads
from workgroup.hub.views import bp as hub
from workgroup.hub.watching import bp as watching
from workgroup.lessons.discussion import bp as discussion
from workgroup.lessons.noticing import bp as noticing
from workgroup.lessons.photos import bp as photos
from workgroup.lessons.projector import bp as projector
from workgroup.lessons.records import bp as records
from workgroup.lessons.screen import bp as screen
from workgroup.lessons.screen import linked as on_screen
from workgroup.lessons.sketches import bp as sketches
from workgroup.lessons.taught import bp as taught
from workgroup.lessons.timeline import bp as timeline
from workgroup.lessons.views import bp as lessons
from workgroup.people.locking import bp as locking
from workgroup.people.overseeing import bp as overseeing
from workgroup.people.teacher_numbers import bp as teacher_numbers
from workgroup.people.views import bp as people
from workgroup.planning.views import bp as planning
from workgroup.plans.agreeing import bp as agreeing
from workgroup.plans.agreeing import linked as agree
from workgroup.plans.progress import bp as progress
from workgroup.plans.views import bp as plans
from workgroup.privacy.accessibility import bp as accessibility
from workgroup.privacy.addressed import bp as addressed
from workgroup.privacy.erasing import bp as erasing
from workgroup.privacy.retaining import bp as retaining
from workgroup.privacy.views import bp as privacy
from workgroup.reflections.asking import bp as asking
from workgroup.reflections.asking import linked as asked
from workgroup.reflections.views import bp as reflections
from workgroup.reports.linked import bp as report_link
from workgroup.reports.views import bp as reports
from workgroup.reviews.views import bp as reviews
from workgroup.schools.bringing import bp as bringing
from workgroup.schools.views import bp as schools
from workgroup.sessions.agendas import bp as agendas
from workgroup.sessions.calendars import bp as calendars
from workgroup.sessions.gap_tasks import bp as session_tasks
from workgroup.sessions.hosting import bp as hosting
from workgroup.sessions.hosting import linked as host
from workgroup.sessions.inviting import bp as inviting
from workgroup.sessions.inviting import linked as invited
from workgroup.sessions.joining import bp as joining
from workgroup.sessions.joining import door_pages
from workgroup.sessions.materials import bp as materials
from workgroup.sessions.noting import bp as session_notes
from workgroup.sessions.prompts import bp as prompts
from workgroup.sessions.running import bp as running
from workgroup.sessions.views import bp as sessions
from workgroup.tablet.pack import bp as pack
from workgroup.tablet.photos import bp as photo_pieces
from workgroup.tablet.shell import bp as shell
from workgroup.tablet.views import bp as tablet
from workgroup.tasks.giving_back import bp as giving_back
from workgroup.tasks.photos import bp as task_photos
from workgroup.tasks.views import bp as tasks
from workgroup.visits.capturing import bp as visiting
from workgroup.visits.views import bp as visits
from workgroup.welcome.guides import bp as guides
from workgroup.welcome.views import bp as welcome
from workgroup.years.views import bp as own_hub

FEATURES = (
    home, people, locking, schools, groups, participants, tasks, sessions, running, session_notes, session_tasks,
    lessons, noticing,
    discussion, timeline, records, taught, photos, visits, reflections, reviews, hub, school_page, tablet, photo_pieces,
    shell, pack, projector, sketches, calendars, agendas,
    planning, inviting, invited, giving_back, later, asking, asked, hosting, host, screen, on_screen, materials,
    joining, door_pages, task_photos, evaluations, plans, progress, agreeing, agree,
    days, day_entries, days_of_hub, claims, grants, visiting, reports, report_link, prompts,
    frameworks, privacy, accessibility, erasing, addressed, retaining,
    heads, head_link, side_by_side, overseeing, teacher_numbers, style, watching, welcome, guides, bringing, own_hub,
    strands, leads,
)  # fmt: skip


def create_app(settings=None):
    """Return the app on the database its settings name, migrated to today's shape."""
    app = Flask("workgroup", template_folder=str(places.TEMPLATES), static_folder=None)
    app.config.update(WORKGROUP=settings or config.from_environment(), MAX_CONTENT_LENGTH=2 * 1024 * 1024)
    app.debug = False  # whatever FLASK_DEBUG says: nobody is ever shown the inside
    db = store.connect(app.config["WORKGROUP"].database)
    upgrading.bring_up(db, app.config["WORKGROUP"])
    db.conn.close()
    door.open_up()
    Htmx(app)
    logbook.install(app)
    guard.install(app)
    packing.install(app)
    pages.install(app)
    for feature in FEATURES:
        app.register_blueprint(feature)
    return app
