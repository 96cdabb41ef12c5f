"""Journeys in a real browser, on a market served as `make run` serves it."""
