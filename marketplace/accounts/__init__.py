"""People, sign-in, sessions, roles and permissions, attempt limits, signed links, one-time tokens, the audit log."""
