"""The shapes of what goes in and out, with an example each. The descriptions become the documentation."""
