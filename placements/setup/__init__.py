"""Setting a placement up and changing it: who, where, when, the working pattern, and what the employer is told."""
