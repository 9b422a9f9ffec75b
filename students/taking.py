"""What a student takes along of the record itself."""

import json

from portal.identifiers import TEMPORARY_ULN
from portal.taking import File, Part, table, takes


@takes(0, "About me")
def about_me(student, user, wanted):
    """What the college has recorded of the person. Date of birth and learner number stand in one file of their own."""
    return Part(
        tables=[
            table(
                "about-me",
                [student],
                Name="name",
                E_mail_address="user.email",
                Phone_number="user.phone",
                College="provider.name",
                T_Level="tlevel",
                Specialism="specialism",
                Year_of_entry="entry_year",
                Tutor="tutor.name",
            )
        ],
        files=[File("", "me.json", lambda: identity(student))],
    )


def identity(student) -> bytes:
    """What a university or an employer may ask for, and nobody else."""
    number = None if student.uln == TEMPORARY_ULN else student.uln
    facts = {"Name": student.name, "Date of birth": student.born_on, "Unique learner number": number}
    return (json.dumps(facts, ensure_ascii=False, indent=1, default=str) + "\n").encode()
