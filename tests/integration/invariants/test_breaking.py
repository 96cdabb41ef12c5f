"""Each invariant can be broken, and is then named with its place; an untouched market has nothing broken."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from marketplace.aftersales.services import expire_unpaid
from marketplace.cli.invariants import COMMANDS as CHECK_COMMANDS
from marketplace.cli.invariants import find_broken
from marketplace.cli.payments import COMMANDS as PAYMENT_COMMANDS
from marketplace.db import in_unit
from marketplace.db.invariants import APPEND_ONLY
from marketplace.fulfilment.services import close_part, confirm_delivered, hand_over
from marketplace.kernel.money import Currency
from marketplace.orders.models import PaymentMethod
from marketplace.orders.services import accept_sub_order
from marketplace.payments.services import finish_refund, request_refund, settle
from tests.conftest import FreshDatabases, app_on
from tests.factories.goods import make_variant
from tests.factories.payments import make_order
from tests.factories.people import make_person

SOON = timedelta(hours=1)


def make_world(session: Session, now: datetime) -> None:
    """A closed order with a refund, an unpaid one with holds, an expired one, one by cash, money in suspense."""
    seller = make_person(session).id
    closed = make_order(session, parts=[[(make_variant(session), 2)]], commission_basis_points=100)
    settle(session, payment_id=closed.payment.id, received_minor=closed.payment.amount_minor + 50, currency=Currency.IDR,
           source="staff", source_id="a", actor_id=None, now=now)  # fmt: skip
    shop_id, number = closed.part.shop_id, closed.part.number
    accept_sub_order(session, shop_id=shop_id, number=number, promised_on=now.date(), actor_id=seller, now=now)
    hand_over(session, shop_id=shop_id, number=number, tracking_number="X1", actor_id=seller, now=now)
    confirm_delivered(session, order_id=closed.order.id, sub_order_number=number, now=now)
    refund = request_refund(session, payment_id=closed.payment.id, sub_order_id=closed.part.id, amount_minor=5_000, reason="x",
                            actor_id=None, now=now)  # fmt: skip
    finish_refund(session, refund_id=refund.id, is_success=True, reference="r", actor_id=None, now=now)
    close_part(session, sub_order_id=closed.part.id, now=now)
    expired = make_order(session)
    expire_unpaid(session, payment_id=expired.payment.id, now=now + timedelta(hours=24))
    make_order(session, method=PaymentMethod.COD)
    make_order(session, now=now)  # unpaid, the newest
    session.flush()


BREAKS = [
    ("I1", "stock_item", "UPDATE stock_item SET on_hand = on_hand + 1 WHERE id = (SELECT min(id) FROM stock_item)"),
    ("I1", "stock_item", "UPDATE hold SET units = units + 1 WHERE state = 'held'"),
    ("I1", "stock_item", "UPDATE order_line SET quantity = quantity + 1 WHERE sub_order_id IN "
                         "(SELECT id FROM sub_order WHERE lifecycle = 'new')"),
    ("I2", "payment", "UPDATE payment_attention SET resolved_at = raised_at"),
    ("I2", "payment", "UPDATE payment SET counted_minor = amount_minor - 1 WHERE counted_minor > 0"),
    ("I2", "payment", "UPDATE \"order\" SET lifecycle = 'cancelled' WHERE lifecycle = 'placed' AND method = 'transfer'"),
    ("I2", "sub_order", "UPDATE sub_order SET paid_minor = paid_minor + 1 WHERE paid_minor > 0"),
    ("I3", "payment", "UPDATE payment SET refund_reserved_minor = refund_reserved_minor + 1 WHERE refund_reserved_minor > 0"),
    ("I3", "payment_share", "UPDATE payment_share SET refund_reserved_minor = refund_reserved_minor + 1 "
                            "WHERE refund_reserved_minor > 0"),
    ("I3", "payment", "UPDATE payment SET currency = 'KRW' WHERE state = 'created'"),
    ("I3", "payment", "UPDATE payment SET amount_minor = amount_minor + 1, unique_code_minor = unique_code_minor + 1 "
                      "WHERE state = 'created' AND method = 'transfer'"),
    ("I3", "sub_order", "UPDATE sub_order SET payment = 'paid' WHERE lifecycle = 'new'"),
    ("I3", "sub_order", "UPDATE order_line SET delivered = 0"),
    ("I4", "payment", "UPDATE payment_share SET amount_minor = amount_minor + 1"),
    ("I4", "order", "UPDATE \"order\" SET total_minor = total_minor + 1, shipping_minor = shipping_minor + 1"),
    ("I4", "sub_order", "UPDATE order_line SET line_total_minor = line_total_minor + 1"),
    ("I4", "ledger_account", "UPDATE ledger_account SET balance_minor = balance_minor + 1 WHERE code LIKE 'commission%'"),
    ("I4", "ledger_transaction", "INSERT INTO ledger_entry (transaction_id, account_id, amount_minor, currency) "
                                 "SELECT min(transaction_id), min(account_id), 7, 'IDR' FROM ledger_entry"),
    ("I4", "transfer_code", "UPDATE transfer_code SET amount_minor = amount_minor + 1000"),
    ("I4", "transfer_code", "UPDATE transfer_code SET payment_id = NULL"),
    ("I6", "order", "INSERT INTO spent_token (digest, purpose, outcome, spent_at) "
                    "VALUES ('d', 'place_order', 'LBK-NONE', '2026-11-24 03:00:00')"),
    ("I7", "outbox_row", "UPDATE outbox_row SET state = 'done'"),
    ("I7", "outbox_row", "UPDATE outbox_row SET state = 'dead'"),
    ("I7", "outbox_row", "UPDATE outbox_row SET attempts = 99"),
    ("I8", "outbox_row", "UPDATE outbox_row SET state = 'running', locked_until = '2026-11-24 02:00:00'"),
    ("I8", "hold", "UPDATE hold SET expires_at = '2026-11-24 02:58:59' WHERE state = 'held'"),
    ("I8", "payment", "UPDATE payment SET expires_at = '2026-11-24 02:58:59' WHERE state = 'created' AND method = 'transfer'"),
    ("I8", "hold", "UPDATE payment SET state = 'failed' WHERE state = 'created' AND method = 'transfer'"),
    ("I9", "payment", "UPDATE payment SET state = 'failed' WHERE state = 'created'"),
    ("I9", "refund", "UPDATE refund SET state = 'sent'"),
    ("I9", "order", "UPDATE \"order\" SET lifecycle = 'cancelled' WHERE lifecycle = 'awaiting_payment'"),
    ("I9", "sub_order", "UPDATE sub_order SET lifecycle = 'closed' WHERE lifecycle = 'new'"),
    ("I9", "hold", "UPDATE hold SET ended_at = NULL WHERE state = 'expired'"),
    ("I10", "audit_entry", "INSERT INTO audit_entry (at, actor_kind, action, object_kind, object_id, data, request_id) "
                           "VALUES ('2026-11-24 03:00:00', 'person', 'x', 'y', '1', '{}', '')"),
    ("ids", "hold", "UPDATE hold SET order_id = 999999"),
    ("ids", "hold", "UPDATE hold SET payment_id = 999999"),
    ("ids", "role_grant", "INSERT INTO role_grant (person_id, role, shop_id, granted_at) "
                          "SELECT min(id), 'owner', 999999, '2026-11-24 03:00:00' FROM person"),
]  # fmt: skip


@pytest.mark.promise("I1", "I2", "I3", "I4", "I6", "I7", "I8", "I9", "I10")
@pytest.mark.row("P7")
@pytest.mark.parametrize(("code", "kind", "statement"), BREAKS)
def test_each_break_is_named(session: Session, now: datetime, code: str, kind: str, statement: str) -> None:
    """Whole before, broken after, and the offence says which invariant and which kind of thing."""
    make_world(session, now)
    session.execute(text("INSERT INTO outbox_row (kind, handler, payload, state, created_at, due_at, attempts) VALUES "
                         "('k', 'h', '{}', 'pending', '2026-11-24 03:00:00', '2026-11-24 03:00:00', 0)"))  # fmt: skip
    assert not list(find_broken(session, now))
    session.execute(text(statement))
    session.expire_all()
    assert (code, kind) in {(offence.code, offence.kind) for offence in find_broken(session, now)}


@pytest.mark.promise("I10")
@pytest.mark.parametrize("table", APPEND_ONLY)
def test_missing_guard_is_named(session: Session, now: datetime, table: str) -> None:
    """Rows that are only ever added, in a table that would let them be changed."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text(f"DROP TRIGGER {table}_no_delete"))
    else:
        session.execute(text(f"DROP TRIGGER {table}_append_only ON {table}"))
    assert [(offence.code, offence.ids) for offence in find_broken(session, now)] == [("I10", (table,))]


@pytest.mark.promise("I1")
def test_command_prints_and_exits(databases: FreshDatabases, now: datetime) -> None:
    """Nothing broken: 0. Something broken: 1, with ids, as lines and as JSON. The other commands do what the clock would."""
    with app_on(databases.make("check_command"), databases.folder) as app:
        for command in (*CHECK_COMMANDS, *PAYMENT_COMMANDS):
            if command.name not in app.cli.commands:
                app.cli.add_command(command)
        with app.app_context():
            in_unit(lambda session: make_world(session, now))
        app.extensions["market_clock"] = StoppedClock(now)
        assert run(app, "check-invariants") == (0, "All invariants hold.\n")
        assert run(app, "check-invariants", "--json") == (0, '{"broken": []}\n')
        assert run(app, "expire-holds") == (0, "0 expired.\n")
        app.extensions["market_clock"] = StoppedClock(now + timedelta(hours=25))
        code, output = run(app, "check-invariants", "--json")
        assert code == 1
        assert {offence["code"] for offence in json.loads(output)["broken"]} == {"I8"}
        code, output = run(app, "reconcile")
        assert output.startswith("1 expired. No payment provider is connected, so none was asked.\n")
        assert "over, 50 IDR" in output
        assert run(app, "check-invariants")[0] == 0


class StoppedClock:
    """A clock that stands still."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at


def run(app: Flask, *arguments: str) -> tuple[int, str]:
    """Run a command; return its exit code and what it printed."""
    result = app.test_cli_runner().invoke(args=arguments)
    return result.exit_code, result.output
