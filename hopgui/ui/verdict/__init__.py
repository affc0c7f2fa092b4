"""What a state is, in words, bars and a picture built up again."""
