"""What fills the ports: mail now, card providers and storage services later."""
