"""Why a unit is what it is: its field, its margin, its votes."""
