"""The people of the demo, whose sign-in the demo offers as buttons. They all have the same password."""

PASSWORD = "placement-demo"  # noqa: S105 - printed on the demo's sign-in page
DOMAINS = ("demo.test", "other.test")
ROLES = ("student", "manager", "tutor", "coordinator")
ADDRESSES = [f"{role}@{domain}" for domain in DOMAINS for role in ROLES]
