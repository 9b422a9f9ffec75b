"""What a student takes along of the record itself."""

from portal.taking import Part, table, takes


@takes(0, "About me")
def about_me(student, user, wanted):
    """What the college has recorded of the person."""
    return Part(
        tables=[
            table(
                "about-me",
                [student],
                Name="name",
                E_mail_address="user.email",
                Phone_number="user.phone",
                Date_of_birth="born_on",
                ULN="uln",
                College="provider.name",
                T_Level="tlevel",
                Specialism="specialism",
                Year_of_entry="entry_year",
                Tutor="tutor.name",
            )
        ]
    )
