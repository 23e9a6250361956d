"""The one error that a command line user sees."""


class UsageProblem(Exception):
    """Bad input to a command. The text is one sentence: what, where, and the remedy.

    `main` prints it on standard error and exits with status 2.
    """
