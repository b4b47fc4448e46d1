"""Measured beside floors and peers in one run; figures are in docs/benchmarks.md."""
