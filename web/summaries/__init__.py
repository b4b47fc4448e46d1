"""The Friday report: a page, a draft in the official layout, a workbook, a page for each agency."""
