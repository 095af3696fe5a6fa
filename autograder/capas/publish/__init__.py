"""From handouts to documents that are read away from the notebook."""

from capas.publish.pdf import require_pdf_tools, write_pdfs

__all__ = ["require_pdf_tools", "write_pdfs"]
