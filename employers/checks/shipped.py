"""The kinds of checks that every provider begins with: section 6 of the guidance, in our words.

'Named manager' and 'agreement signed' stand in the placement itself (placements.starting, placements.agreements).
"""

from employers.checks.models.kind import Needed, Scope

KINDS = [
    {
        "slug": "insurance",
        "title": "Employers’ liability insurance",
        "hint": "The insurer, the policy number, and the sum insured. The law asks for £5 million at least.",
        "scope": Scope.EMPLOYER,
        "needed": Needed.ALWAYS,
        "expires": True,
        "months": None,
        "wants_document": True,
        "from_employer": True,
    },
    {
        "slug": "site-safety",
        "title": "Health and safety check of the site",
        "hint": "Who was seen there, what was looked at, and what has to be put right by when.",
        "scope": Scope.SITE,
        "needed": Needed.ALWAYS,
        "expires": True,
        "months": 12,
        "wants_document": False,
        "from_employer": False,
    },
    {
        "slug": "role-risk",
        "title": "Risk assessment for the role",
        "hint": "Which roles it covers, the main risks, and what the student must not do.",
        "scope": Scope.SITE,
        "needed": Needed.ALWAYS,
        "expires": True,
        "months": 12,
        "wants_document": True,
        "from_employer": True,
    },
    {
        "slug": "young-person",
        "title": "Risk assessment for a young person under 18",
        "hint": "What changes for somebody who is new to work: closer supervision, machines, loads, hours.",
        "scope": Scope.SITE,
        "needed": Needed.UNDER_18,
        "expires": True,
        "months": 12,
        "wants_document": True,
        "from_employer": True,
    },
    {
        "slug": "safeguarding",
        "title": "Safeguarding contact at the employer",
        "hint": "Name, job title and phone number of the person to talk to about a worry.",
        "scope": Scope.EMPLOYER,
        "needed": Needed.ALWAYS,
        "expires": True,
        "months": 12,
        "wants_document": False,
        "from_employer": True,
    },
    {
        "slug": "supervision",
        "title": "Supervision",
        "hint": "How many students one person looks after, where it matters, for example with children or on a ward.",
        "scope": Scope.SITE,
        "needed": Needed.ADVICE,
        "expires": True,
        "months": 12,
        "wants_document": False,
        "from_employer": True,
    },
]


def ship(kind_model, provider_id: int):
    """Give a provider those that it does not have. `kind_model`: CheckKind, or what a migration knows of it."""
    there = set(kind_model.objects.filter(provider_id=provider_id).exclude(slug="").values_list("slug", flat=True))
    kind_model.objects.bulk_create(
        kind_model(provider_id=provider_id, number=10 * number, **kind)
        for number, kind in enumerate(KINDS, start=1)
        if kind["slug"] not in there
    )
