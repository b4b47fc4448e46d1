"""Pages of the inspectors' desk."""
