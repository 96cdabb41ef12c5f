"""The pages: views, forms and guards of every wing."""
