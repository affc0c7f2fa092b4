"""The document and what comes of it: frozen values and pure edits. No Qt."""
