"""The command line: `dichterbij law ...` works without a database, everything else is a management command."""

import os
import sys


def main() -> int:
    """Run one command and return its exit code; what an operator can mend is one sentence, not a traceback."""
    if sys.argv[1:2] == ["law"]:
        from dichterbij.law import command as law_command

        return law_command.run(sys.argv[2:])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dichterbij.project.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import DatabaseError

    from dichterbij.kernel.problems import Problem

    try:
        execute_from_command_line(sys.argv)
    except (DatabaseError, ImproperlyConfigured, OSError, Problem) as problem:
        if "--traceback" in sys.argv:
            raise
        sys.stderr.write(f"dichterbij: {_sentence(problem)}\n")
        return 1
    return 0


def _sentence(problem: Exception) -> str:
    """Return what is wrong in one line; of a database its first line, for the next ones may quote a row."""
    from django.db import DatabaseError

    from dichterbij.kernel.problems import Problem

    if isinstance(problem, DatabaseError):
        remedy = "Look at DATABASE_URL and DICHTERBIJ_LOGBOOK_URL, and run `dichterbij prepare` for new tables."
        return f"the database refuses: {str(problem).partition(chr(10))[0]}. {remedy}"
    return f"{problem.title}. {problem.detail}" if isinstance(problem, Problem) else str(problem)


if __name__ == "__main__":
    sys.exit(main())
