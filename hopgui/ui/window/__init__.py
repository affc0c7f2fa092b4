"""The window itself: menus, docks, questions, layout."""
