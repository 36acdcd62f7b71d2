"""`python -m varn`: the command line."""

import sys

from varn.run.cli import main

sys.exit(main(sys.argv[1:]))
