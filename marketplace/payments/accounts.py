"""The accounts of the ledger. Positive is debit, negative credit; each code exists once per currency (`bank:3:IDR`).

===========================  =====================================================================  =======
code                         what its balance says                                                  normal
===========================  =====================================================================  =======
`bank:{bank_account_id}`     money of buyers on the cooperative's bank account                      debit
`cash:{shop_id}`             cash the seller collected at delivery, still to be set against earnings debit
`buyer_money`                money received and not yet given a place: zero after every unit        zero
`suspense`                   money that is nobody's yet: short, over, late, twice                   credit
`seller:{shop_id}:pending`   earned, but the buyer may still complain                               credit
`seller:{shop_id}:payable`   owed to the seller                                                     credit
`unique_code`                the codes on top of transfers, kept by the cooperative                 credit
`kept`                       small excess buyers agreed to leave                                    credit
`refunds_due`                promised back to buyers, not sent yet                                  credit
`commission`                 the market's part, frozen at sale (0 % by default)                     credit
`fx:{currency}`              the currency side of money exchanged at a stamped rate                 either
===========================  =====================================================================  =======
"""

from __future__ import annotations

from marketplace.kernel.ids import ShopId

BUYER_MONEY = "buyer_money"
SUSPENSE = "suspense"
UNIQUE_CODE = "unique_code"
KEPT = "kept"
REFUNDS_DUE = "refunds_due"
COMMISSION = "commission"
FX = "fx"


def bank(bank_account_id: int) -> str:
    """Return the code of a bank account of the cooperative."""
    return f"bank:{bank_account_id}"


def cash(shop_id: ShopId) -> str:
    """Return the code of the cash a seller collected."""
    return f"cash:{shop_id}"


def pending(shop_id: ShopId) -> str:
    """Return the code of what a seller has earned and cannot have yet."""
    return f"seller:{shop_id}:pending"


def payable(shop_id: ShopId) -> str:
    """Return the code of what a seller is owed."""
    return f"seller:{shop_id}:payable"
