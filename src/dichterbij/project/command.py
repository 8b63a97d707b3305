"""The command line: `dichterbij law ...` works without a database, everything else is a management command."""

import os
import sys


def main() -> int:
    """Run one command and return its exit code."""
    if sys.argv[1:2] == ["law"]:
        from dichterbij.law import command as law_command

        return law_command.run(sys.argv[2:])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dichterbij.project.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
    return 0


if __name__ == "__main__":
    sys.exit(main())
