"""Setting a placement up and changing it: who, where, when, and the working pattern. Its tables are those next door."""
