"""What a gesture means: the document with its undo, the player, the repeat."""
