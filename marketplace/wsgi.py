"""What a WSGI server loads: `marketplace.wsgi:app`. Only the processes that answer requests import this module."""

from marketplace.app import build
from marketplace.serving import with_static

app = with_static(build())
