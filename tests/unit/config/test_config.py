"""What the market refuses to start with, and what it never prints."""

from __future__ import annotations

import stat
import threading
from pathlib import Path

import pytest

from config import BadSettings, Profile, read_settings

GOOD = {
    "MARKET_PROFILE": "production",
    "SECRET_KEY": "s" * 40,
    "FIELD_KEY": "f" * 40,
    "PUBLIC_ORIGIN": "https://pasar.example",
    "ALLOWED_HOSTS": "pasar.example, www.pasar.example",
    "MAIL_FROM": "Pasar <a@pasar.example>",
    "DATABASE_URL": "postgresql+psycopg://market:dbpass@db/market",
    "SMTP_URL": "smtp://post:mailpass@mail.example",
}  # fmt: skip


def production(tmp_path: Path, **changed: str) -> dict[str, str]:
    """Return a good production environment with some settings changed."""
    return GOOD | {"DATA_DIR": str(tmp_path)} | changed


def test_a_whole_production_environment_starts(tmp_path: Path) -> None:
    """Nothing is written, hosts are read one by one."""
    settings = read_settings(production(tmp_path))
    assert settings.profile is Profile.PRODUCTION
    assert settings.allowed_hosts == ("pasar.example", "www.pasar.example")
    assert settings.is_secure
    assert not settings.shows_work_pages
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["SECRET_KEY", "FIELD_KEY", "PUBLIC_ORIGIN", "ALLOWED_HOSTS", "MAIL_FROM"])
@pytest.mark.parametrize("how", ["absent", "empty"])
def test_production_names_what_is_missing(tmp_path: Path, name: str, how: str) -> None:
    """Absent and empty are the same, and no secret is invented."""
    environ = production(tmp_path, **{name: ""})
    if how == "absent":
        del environ[name]
    with pytest.raises(BadSettings, match=f"{name} is not set"):
        read_settings(environ)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("SECRET_KEY", "short", "SECRET_KEY is shorter"),
        ("FIELD_KEY", "short", "FIELD_KEY is shorter"),
        ("FIELD_KEY", "s" * 40, "must differ"),
        ("PUBLIC_ORIGIN", "http://pasar.example", "https://"),
        ("PUBLIC_ORIGIN", "https://", "https://"),
        ("ALLOWED_HOSTS", "other.example", "host of PUBLIC_ORIGIN"),
        ("ALLOWED_HOSTS", "pasar.example,.example", "whole hosts"),
        ("ALLOWED_HOSTS", "pasar.example,*", "whole hosts"),
        ("FLASK_DEBUG", "1", "FLASK_DEBUG must be off"),
        ("CLOCK_OFFSET_S", "60", "test profile only"),
        ("FAULT_POINT", "before_commit", "test profile only"),
        ("MAX_REQUEST_BYTES", "0", "MAX_REQUEST_BYTES must be at least 1"),
        ("DATABASE_POOL", "0", "DATABASE_POOL must be at least 1"),
        ("TRUSTED_PROXIES", "-1", "TRUSTED_PROXIES must be at least 0"),
        ("PORT", "8000.5", "PORT must be a whole number"),
        ("MARKET_PROFILE", "prod", "MARKET_PROFILE must be"),
    ],
)
def test_production_refuses_what_is_not_safe(tmp_path: Path, name: str, value: str, why: str) -> None:
    """Each unsafe setting alone stops the start, and its value is not repeated."""
    with pytest.raises(BadSettings, match=why):
        read_settings(production(tmp_path, **{name: value}))


def test_all_reasons_come_at_once(tmp_path: Path) -> None:
    """An operator fixes them in one go."""
    with pytest.raises(BadSettings) as refused:
        read_settings({"MARKET_PROFILE": "production", "DATA_DIR": str(tmp_path), "FLASK_DEBUG": "1", "PORT": "x"})
    for name in ("SECRET_KEY", "FIELD_KEY", "PUBLIC_ORIGIN", "ALLOWED_HOSTS", "MAIL_FROM", "FLASK_DEBUG", "PORT"):
        assert name in str(refused.value)


@pytest.mark.promise("Z1")
def test_secrets_are_never_printed(tmp_path: Path) -> None:
    """Neither a printed Settings nor a refusal holds a secret or a password."""
    settings = read_settings(production(tmp_path, DATABASE_REPLICA_URL="postgresql://x:replicapass@r/m"))
    printed = repr(settings) + str(settings)
    for secret in ("s" * 40, "f" * 40, "dbpass", "replicapass", "mailpass"):
        assert secret not in printed
    with pytest.raises(BadSettings) as refused:
        read_settings(production(tmp_path, SECRET_KEY="tiny-secret", PORT="tiny-port"))
    assert "tiny" not in str(refused.value)


@pytest.mark.parametrize("name", ["CLOCK_OFFSET_S", "FAULT_POINT"])
def test_test_settings_belong_to_the_test_profile(tmp_path: Path, name: str) -> None:
    """The demo refuses them too; the test profile takes them."""
    value = {"CLOCK_OFFSET_S": "-3600", "FAULT_POINT": "before_commit"}[name]
    with pytest.raises(BadSettings, match="test profile only"):
        read_settings({"DATA_DIR": str(tmp_path), name: value})
    settings = read_settings({"MARKET_PROFILE": "test", "DATA_DIR": str(tmp_path), name: value})
    assert value in (str(settings.clock_offset_s), settings.fault_point)


def test_the_demo_writes_its_secret_once(tmp_path: Path) -> None:
    """Long, its owner's alone, and the same at the next start."""
    first, second = (read_settings({"DATA_DIR": str(tmp_path)}) for _ in range(2))
    assert first.secret_key == second.secret_key
    assert first.field_key == second.field_key != first.secret_key
    assert len(first.secret_key) >= 43
    for name in ("secret-key", "field-key"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["field-key", "secret-key"]


def test_processes_that_start_together_agree_on_the_secret(tmp_path: Path) -> None:
    """Twenty at once read one whole secret: nobody sees an empty or another one."""
    read: list[str] = []
    start = threading.Barrier(20)

    def begin() -> None:
        start.wait()
        read.append(read_settings({"DATA_DIR": str(tmp_path)}).secret_key)

    threads = [threading.Thread(target=begin) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(read) == 20
    assert len(set(read)) == 1
    assert len(read[0]) >= 43


def test_an_empty_environment_is_a_demo_on_this_machine(tmp_path: Path) -> None:
    """Empty values count as absent; hosts follow the origin."""
    settings = read_settings({"DATA_DIR": str(tmp_path), "MARKET_PROFILE": "", "PUBLIC_ORIGIN": "", "PORT": "", "MAIL_FROM": ""})
    assert settings.profile is Profile.DEMO
    assert settings.public_origin == "http://localhost:8000"
    assert "localhost" in settings.allowed_hosts
    assert settings.database_url == f"sqlite:///{tmp_path / 'market.sqlite3'}"
    assert "@" in settings.mail_from
    named = read_settings({"DATA_DIR": str(tmp_path), "PUBLIC_ORIGIN": "http://toko.test:9000/"})
    assert named.public_origin == "http://toko.test:9000"
    assert "toko.test" in named.allowed_hosts
