"""The wiring of what answers requests: settings, database, the wings of pages, handlers."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from flask_compress import Compress
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from config import Profile, Settings, read_settings
from marketplace import tables as tables
from marketplace.accounts import handlers as accounts_handlers
from marketplace.adapters.mail import KeptMailer, SmtpMailer
from marketplace.aftersales import flows as aftersales_flows
from marketplace.aftersales import handlers as aftersales_handlers
from marketplace.catalog.search import handlers as search_handlers
from marketplace.db import db
from marketplace.db.engine import engine_options, prepare_engine
from marketplace.db.faults import arm
from marketplace.files.shelves import Shelves
from marketplace.files.storage import FolderStorage
from marketplace.fulfilment import flows as fulfilment_flows
from marketplace.inventory import handlers as inventory_handlers
from marketplace.kernel.clock import SystemClock
from marketplace.notices.handlers import Office
from marketplace.orders import handlers as orders_handlers
from marketplace.outbox.handlers import HANDLERS
from marketplace.payments import flows as payments_flows
from marketplace.reviews import handlers as reviews_handlers
from marketplace.web import addressing, assets, cache, context, enforcing, errors, headers, logs, sessions
from marketplace.web.account.views import bp as account
from marketplace.web.guards import require_policies
from marketplace.web.hooks.views import bp as hooks
from marketplace.web.links import PublicLinks
from marketplace.web.seller import bp as seller
from marketplace.web.staff import bp as staff
from marketplace.web.storefront import bp as storefront
from marketplace.web.storefront.sitemap import bp as site
from marketplace.web.styles import bp as styles

ROOT = Path(__file__).resolve().parent.parent


def build(settings: Settings | None = None) -> Flask:
    """Return the application for these settings (by default those of the environment)."""
    settings = settings or read_settings(os.environ)
    app = Flask("marketplace", root_path=str(ROOT / "marketplace"), template_folder=str(ROOT / "templates"), static_folder=None)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=settings.max_request_bytes,
        MAX_FORM_MEMORY_SIZE=512 * 1024,
        MAX_FORM_PARTS=200,
        TESTING=settings.profile is Profile.TEST,
        TRUSTED_HOSTS=list(settings.allowed_hosts),
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=4,
        COMPRESS_STREAMS=False,
    )
    app.extensions["market_settings"] = settings
    app.extensions["market_clock"] = SystemClock(timedelta(seconds=settings.clock_offset_s))
    if settings.profile is Profile.TEST:
        arm(settings.fault_point)
    _open_database(app, settings)
    _open_files(app, settings)
    _open_web(app, settings)
    _register_handlers(app, settings)
    require_policies(app)
    return app


def _open_database(app: Flask, settings: Settings) -> None:
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(settings.database_url, pool_size=settings.pool_size)
    if settings.replica_url:
        app.config["SQLALCHEMY_BINDS"] = {
            "replica": {"url": settings.replica_url, **engine_options(settings.replica_url, pool_size=settings.pool_size)}
        }
    db.init_app(app)
    with app.app_context():
        for engine in db.engines.values():
            prepare_engine(engine)


def _open_files(app: Flask, settings: Settings) -> None:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    media = settings.data_dir / "media"
    app.extensions["market_images"] = FolderStorage(media)
    app.extensions["market_shelves"] = Shelves(FolderStorage(media), FolderStorage(settings.data_dir / "pictures"))
    app.extensions["market_documents"] = FolderStorage(settings.data_dir / "documents")
    assets.attach(app, ROOT)
    assets.attach_media(app, media)


def _open_web(app: Flask, settings: Settings) -> None:
    """Attach the wings, and the hooks around every request: what is attached first runs first before and last after."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]  # Flask's way
    addressing.attach(app)
    logs.configure(settings.profile)
    logs.attach(app)
    headers.attach(app)
    Compress(app)
    sessions.prepare_sessions(app)
    enforcing.attach(app)
    cache.attach(app)
    context.attach(app)
    errors.attach(app)
    for wing in (hooks, account, site, storefront, seller, staff, *((styles,) if settings.shows_work_pages else ())):
        app.register_blueprint(wing)


def _register_handlers(app: Flask, settings: Settings) -> None:
    """Say who reacts to what happens, and what comes round by the clock."""
    office = Office(
        links=PublicLinks(settings.public_origin, settings.secret_key),
        mailer=SmtpMailer(settings.smtp_url, settings.mail_from) if settings.smtp_url else KeptMailer(),
        clock=app.extensions["market_clock"],
        market_name=settings.market_name,
        mail_host=urlsplit(settings.public_origin).hostname or "localhost",
    )
    HANDLERS.clear()
    HANDLERS.register(office.handlers())
    for room in (aftersales_handlers, inventory_handlers, orders_handlers, reviews_handlers, search_handlers):
        HANDLERS.register(room.HANDLERS)
    for pieces in (
        accounts_handlers.PERIODIC,
        aftersales_flows.PERIODIC,
        fulfilment_flows.PERIODIC,
        payments_flows.PERIODIC,
        search_handlers.PERIODIC,
    ):
        HANDLERS.register((), pieces)
