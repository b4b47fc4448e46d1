"""A paper as a file of the kind that was asked for."""

from __future__ import annotations

from web.official.paper import Paper

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF_TYPE = "application/pdf"
KINDS = ("docx", "pdf")


def paper_file(paper: Paper, kind: str) -> bytes:
    """Return the paper as `docx`, to go on with, or `pdf`, to read and print."""
    if kind == "pdf":
        from web.official.pdf import as_pdf  # noqa: PLC0415 - it loads a library of its own

        return as_pdf(paper)
    from web.official.docx import as_docx  # noqa: PLC0415 - as above

    return as_docx(paper)
