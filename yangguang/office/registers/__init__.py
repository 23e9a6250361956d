"""What the desk shows of registers: what is owed and to do next, how a file differs, how it is read."""
