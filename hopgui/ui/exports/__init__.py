"""What goes out: pictures, films, tables."""
