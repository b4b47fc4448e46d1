"""The living page: every macro with content of the kind an official meets."""
