"""What a WSGI server loads: `marketplace.wsgi:app`. Only the processes that answer requests import this module."""

from marketplace import create_app
from marketplace.serving import with_static

app = with_static(create_app())
