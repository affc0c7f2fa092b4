import sys

from hopgui.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
