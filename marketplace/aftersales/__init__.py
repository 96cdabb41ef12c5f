"""Cancel, reject, expire: how an order ends otherwise than by delivery."""
