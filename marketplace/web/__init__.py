"""Pages and addresses. Views parse, guard, make one call, catch the named refusals and answer."""
