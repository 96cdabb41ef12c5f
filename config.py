"""Every setting of the market, read once from the environment into one frozen object."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit


class Profile(StrEnum):
    """What the market runs as."""

    DEMO = "demo"
    PRODUCTION = "production"
    TEST = "test"


class BadSettings(Exception):
    """The environment does not make a market that may start; the message lists every reason."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings. Times in seconds, sizes in bytes, money in minor units."""

    profile: Profile
    market_name: str
    region: str
    # Addresses with passwords, and secrets: never part of a printed Settings.
    database_url: str = field(repr=False)
    replica_url: str | None = field(repr=False)
    secret_key: str = field(repr=False)
    field_key: str = field(repr=False)
    public_origin: str
    allowed_hosts: tuple[str, ...]
    trusted_proxies: int
    bind_address: str
    port: int
    web_processes: int
    data_dir: Path
    smtp_url: str | None = field(repr=False)
    mail_from: str
    clock_offset_s: int
    fault_point: str
    pool_size: int
    max_request_bytes: int

    @property
    def is_secure(self) -> bool:
        """Tell whether the market is reached over HTTPS, so that cookies may be marked Secure."""
        return self.public_origin.startswith("https://")

    @property
    def shows_work_pages(self) -> bool:
        """Tell whether pages for our own eyes (styles, mailbox sign-ins) exist."""
        return self.profile is not Profile.PRODUCTION


def _kept_secret(data_dir: Path, name: str) -> str:
    """Return the demo's own secret, written once under the data folder, readable by its owner only."""
    kept = data_dir / name
    if not kept.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        beside = data_dir / f".{name}.{secrets.token_hex(4)}"
        beside.touch(mode=0o600)
        beside.write_text(secrets.token_urlsafe(48), encoding="ascii")
        # Web and worker start together: whoever links first has written the secret, whole; the other reads it.
        with suppress(FileExistsError):
            kept.hardlink_to(beside)
        beside.unlink()
    return kept.read_text(encoding="ascii")


def _whole(environ: Mapping[str, str], name: str, default: int, problems: list[str], *, least: int = 0) -> int:
    raw = environ.get(name, "")
    if not raw:
        return default
    try:
        value = int(raw)
    except ValueError:
        problems.append(f"{name} must be a whole number")
        return default
    if value < least:
        problems.append(f"{name} must be at least {least}")
    return value


def _production_problems(settings: Settings, environ: Mapping[str, str]) -> list[str]:
    """Return why these settings may not serve the public."""
    problems = [
        f"{name} is not set"
        for name in ("SECRET_KEY", "FIELD_KEY", "PUBLIC_ORIGIN", "ALLOWED_HOSTS", "MAIL_FROM")
        if not environ.get(name)
    ]
    host = urlsplit(settings.public_origin).hostname
    if not settings.is_secure:
        problems.append("PUBLIC_ORIGIN must begin with https://")
    elif not host:
        problems.append("PUBLIC_ORIGIN names no host")
    elif environ.get("ALLOWED_HOSTS") and host not in {name.partition(":")[0] for name in settings.allowed_hosts}:
        problems.append("ALLOWED_HOSTS must hold the host of PUBLIC_ORIGIN")
    if any(name.startswith((".", "*")) for name in settings.allowed_hosts):
        problems.append("ALLOWED_HOSTS must name whole hosts")
    problems += [
        f"{name} is shorter than 32 characters"
        for name, value in (("SECRET_KEY", settings.secret_key), ("FIELD_KEY", settings.field_key))
        if value and len(value) < 32
    ]
    if settings.secret_key and settings.secret_key == settings.field_key:
        problems.append("FIELD_KEY must differ from SECRET_KEY")
    if environ.get("FLASK_DEBUG", "0") not in ("", "0"):
        problems.append("FLASK_DEBUG must be off")
    if settings.clock_offset_s or settings.fault_point:
        problems.append("CLOCK_OFFSET_S and FAULT_POINT are for the test profile only")
    return problems


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings of this environment. Raises: BadSettings with every reason at once."""
    problems: list[str] = []
    try:
        profile = Profile(environ.get("MARKET_PROFILE") or Profile.DEMO)
    except ValueError:
        raise BadSettings("MARKET_PROFILE must be demo, production or test") from None
    data_dir = Path(environ.get("DATA_DIR") or "var").resolve()
    port = _whole(environ, "PORT", 8000, problems, least=1)
    origin = (environ.get("PUBLIC_ORIGIN") or f"http://localhost:{port}").rstrip("/")
    hosts = tuple(host.strip() for host in environ.get("ALLOWED_HOSTS", "").split(",") if host.strip())
    own_secrets = profile is Profile.PRODUCTION
    settings = Settings(
        profile=profile,
        market_name=environ.get("MARKET_NAME") or "Pasar Lebak",
        region=environ.get("MARKET_REGION") or "lebak",
        database_url=environ.get("DATABASE_URL") or f"sqlite:///{data_dir / 'market.sqlite3'}",
        replica_url=environ.get("DATABASE_REPLICA_URL") or None,
        secret_key=environ.get("SECRET_KEY") or ("" if own_secrets else _kept_secret(data_dir, "secret-key")),
        field_key=environ.get("FIELD_KEY") or ("" if own_secrets else _kept_secret(data_dir, "field-key")),
        public_origin=origin,
        allowed_hosts=hosts or (urlsplit(origin).hostname or "localhost", "localhost", "127.0.0.1"),
        trusted_proxies=_whole(environ, "TRUSTED_PROXIES", 0, problems),
        bind_address=environ.get("BIND_ADDRESS") or "127.0.0.1",
        port=port,
        web_processes=max(1, _whole(environ, "WEB_PROCESSES", 2 if own_secrets else 1, problems)),
        data_dir=data_dir,
        smtp_url=environ.get("SMTP_URL") or None,
        mail_from=environ.get("MAIL_FROM") or "Pasar Lebak <pasar@example.org>",
        clock_offset_s=_whole(environ, "CLOCK_OFFSET_S", 0, problems, least=-(10**9)),
        fault_point=environ.get("FAULT_POINT", ""),
        pool_size=_whole(environ, "DATABASE_POOL", 6, problems, least=1),
        max_request_bytes=_whole(environ, "MAX_REQUEST_BYTES", 24 * 1024 * 1024, problems, least=1),
    )
    if profile is Profile.PRODUCTION:
        problems += _production_problems(settings, environ)
    elif profile is Profile.DEMO and (settings.clock_offset_s or settings.fault_point):
        problems.append("CLOCK_OFFSET_S and FAULT_POINT are for the test profile only")
    if problems:
        raise BadSettings("; ".join(problems))
    return settings
