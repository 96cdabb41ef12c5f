"""Every picture there is: item id → view → the function that draws it. A module of drawings is one line here."""

from collections.abc import Callable

from . import cakes, cloth, food, hands, moulded, sugar, tiles
from .scene import Drawing

Views = dict[str, Callable[[], Drawing]]

VIEWS = ("front", "detail", "scale", "packed")

_MODULES: tuple[dict[str, Views], ...] = (
    cloth.PICTURES,
    sugar.PICTURES,
    moulded.PICTURES,
    food.PICTURES,
    cakes.PICTURES,
    tiles.PICTURES,
    hands.PICTURES,
)

DRAWINGS: dict[str, Views] = {item: views for pictures in _MODULES for item, views in pictures.items()}
