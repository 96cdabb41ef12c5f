"""The demo world: invented shops, goods, drawn pictures and weeks of orders."""
