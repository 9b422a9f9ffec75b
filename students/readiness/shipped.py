"""The 8 points as they ship (the guidance, readiness). A migration loads them."""

# code, short, wording, what it takes
POINTS = [
    ("technical", "Technical skills", "The technical skills that the role builds on have been taught",
     "Your lessons at college. Tell your tutor if something is still missing."),
    ("employability", "Employability", "The skills that every employer looks for have been taught",
     "Team work, organising yourself, solving problems: lessons, and your own self-assessment."),
    ("behaviour", "Behaviour", "How to behave at work is understood",
     "Read the 27 behaviours and see where you stand."),
    ("application", "CV and interview", "CV and interview are prepared",
     "A CV of two pages at most, a cover letter, and answers that you have practised aloud."),
    ("research", "Research", "The organisation is researched: what it does and makes, its culture and values, its size "
     "and structure, and whether it works locally, nationally or internationally",
     "Their website and the news, an hour at most. Write down what you find."),
    ("role", "Role", "The role and its activities are understood",
     "Talk it through with your tutor, and ask the employer at the interview."),
    ("worries", "Asking for help", "What to do about a problem or a worry is known, with the confidence to ask",
     "Know whom to tell at work and at college. No question is too small."),
    ("progress", "Progress", "How progress towards the learning goals is measured is clear",
     "Goals, logbook, review meetings: your tutor shows you how they fit together."),
]  # fmt: skip


def ship(point_model):
    """Load them. `point_model`: Point, or what a migration knows of it."""
    point_model.objects.bulk_create(
        point_model(code=code, number=number, short=short, wording=wording, hint=hint)
        for number, (code, short, wording, hint) in enumerate(POINTS, start=1)
    )
