"""The limits of carts and checkout, each with its reason. Money in minor units of IDR."""

from __future__ import annotations

from datetime import timedelta

# A cart page stays within its statement budget and one screen of patience; a wholesale buyer writes an inquiry instead.
MOST_LINES = 40
# Four digits fit the field, and 9.999 pieces is more than any shop here has on hand.
MOST_STEPS = 9_999

# Long enough to reach a bank counter on the next working morning, short enough that goods are not blocked for days.
TRANSFER_HOLD = timedelta(hours=24)
# A one-off piece can be sold to one person only: others should not wait a day for somebody who may not pay.
TRANSFER_HOLD_UNIQUE = timedelta(hours=2)
UNIQUE = "unique"
# Paid with the phone in hand: an hour is enough, and the goods are free again the same evening.
QRIS_HOLD = timedelta(minutes=60)

# Open unpaid orders per phone: a household may well have two or three running, more would only block others' goods.
MOST_OPEN_PER_PHONE = 3

# A refused parcel costs the maker the goods' time and the way back; half a million is what one maker can bear to risk.
COD_CAP_MINOR = 500_000

# Ship flag of goods that only adults may buy (feature H8).
BLADE = "blade"

# An old tab that sends an empty cart again gets the order that emptied it, for as long as form tokens live.
REMEMBER_PLACED = timedelta(hours=24)
