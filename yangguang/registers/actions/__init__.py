"""The verbs of registers: establish, receive, review, publish, take off."""
