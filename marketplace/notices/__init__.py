"""Mail and WhatsApp texts in the reader's language, sent through the outbox and kept where staff can see them."""
