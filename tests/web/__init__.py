"""Through the client: one file per action, and the guards every action passes."""
