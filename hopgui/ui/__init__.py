"""Widgets. They show values and emit signals; they compute no physics."""
