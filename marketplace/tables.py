"""Every table, imported in one place, for migrations and for checks of the whole schema."""

from marketplace.accounts import models as accounts
from marketplace.catalog import models as catalog
from marketplace.catalog.search import models as search
from marketplace.checkout import models as checkout
from marketplace.curation import models as curation
from marketplace.db import Model
from marketplace.db import public_version as public_version
from marketplace.files import models as files
from marketplace.fulfilment import models as fulfilment
from marketplace.inventory import models as inventory
from marketplace.notices import models as notices
from marketplace.orders import models as orders
from marketplace.outbox import models as outbox
from marketplace.payments import models as payments
from marketplace.places import models as places
from marketplace.reviews import models as reviews
from marketplace.sellers import models as sellers
from marketplace.shipping import models as shipping

ROOMS = (
    accounts, catalog, search, checkout, curation, files, fulfilment, inventory, notices,
    orders, outbox, payments, places, reviews, sellers, shipping,
)  # fmt: skip
metadata = Model.metadata
