"""The kinds of support that the portal comes with (the guidance, section 2, and what students have asked for)."""

KINDS = [
    # code, title, hint
    ("learning", "How I learn", "For example dyslexia, ADHD, autism, or needing more time"),
    ("disability", "A disability", "Moving, seeing, hearing, or anything else"),
    ("medical", "My health", "A condition, medicine that I take, appointments that I have"),
    ("travel", "Getting there", "A journey that is hard for me, or that I should not make alone"),
    ("anxiety", "Anxiety, or how I feel", "New people, the telephone, busy places, hard days"),
    ("caring", "Somebody I look after", "A child, a parent, a brother or sister"),
    ("faith", "My faith", "Prayer, fasting, holy days, food, clothing"),
    ("other", "Something else", "Whatever else would help if it were known"),
]


def load(model):
    """Add those that are not there yet; the operator's own wording stays."""
    for number, (code, title, hint) in enumerate(KINDS, start=1):
        position = number * 10
        model.objects.get_or_create(code=code, defaults={"title": title, "hint": hint, "position": position})
