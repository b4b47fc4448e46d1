"""The demo: Khánh Hòa in 2021, its directive of August and the months after it."""
