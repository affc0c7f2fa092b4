"""What comes in: pictures, folders, letters, rows of numbers."""
