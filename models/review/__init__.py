"""The inspectors' desk in memory: papers, the order, what was issued from a case."""
