"""Every picture there is: item id → view → the function that draws it. A module of drawings is one line here."""

from collections.abc import Callable, Mapping

from .scene import Drawing

Views = dict[str, Callable[[], Drawing]]

VIEWS = ("front", "detail", "scale", "packed")

_MODULES: tuple[Mapping[str, Views], ...] = ()

DRAWINGS: dict[str, Views] = {item: views for module in _MODULES for item, views in module.items()}
