"""Lists, pages, actions and exports of directives."""
