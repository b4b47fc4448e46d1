"""Which days the offices work: law, decrees that swap days, and counting over them."""
