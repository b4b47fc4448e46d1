"""Pages of the causes of lateness: Pareto, what if, a sample to read, the export."""
