"""The gallery of memories."""
