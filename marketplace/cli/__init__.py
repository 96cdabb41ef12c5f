"""The one command line: each command parses, opens one unit of work, calls a service, prints."""
