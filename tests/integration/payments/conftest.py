"""Nothing is broken after any test here."""

from tests.whole import whole as whole
