"""Workgroup: plan, record and track teaching for mastery Work Groups. `create_app` is the table of contents."""

from flask import Flask
from htmx_flask import Htmx

from workgroup import config, door, guard, pages, places, store
from workgroup.groups.views import bp as groups
from workgroup.home.views import bp as home
from workgroup.people.views import bp as people

FEATURES = (home, people, groups)


def create_app(settings=None):
    """Return the app on the database its settings name, migrated to today's shape."""
    app = Flask("workgroup", template_folder=str(places.TEMPLATES), static_folder=None)
    app.config.update(WORKGROUP=settings or config.from_environment(), MAX_CONTENT_LENGTH=80 * 1024 * 1024)
    db = store.connect(app.config["WORKGROUP"].database)
    store.migrate(db)
    db.conn.close()
    door.open_up()
    Htmx(app)
    guard.install(app)
    pages.install(app)
    for feature in FEATURES:
        app.register_blueprint(feature)
    return app
