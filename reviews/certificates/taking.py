"""What a student takes along of the certificate: the signed file itself, and where to check it."""

from portal.taking import Part, listing, stored, table, takes
from reviews.certificates.models import Certificate


@takes(90, "Certificate of hours")
def certificate(student, user, wanted):
    """The file keeps its signature only as it was issued, so that the portfolio names it and the archive holds it."""
    rows = Certificate.objects.visible_to(user).filter(student=student).select_related("signoff", "file")
    made = list(rows.order_by("issued_at"))
    held = [one for one in made if one.stands]
    if not made:
        return None
    says = "The certificate itself is a file of its own, signed by the college. It can be checked at the address below."
    shown = table(
        "certificate",
        held,
        Number="number",
        Hours=lambda one: f"{one.signoff.minutes / 60:g} h",
        Issued="issued_at",
        Address="public_url",
    )
    everything = table(
        "certificates",
        made,
        Number="number",
        Made_out_to="holder",
        Issued_by="college",
        Minutes="signoff.minutes",
        Issued="issued_at",
        Status="sentence",
        Address="public_url",
    )
    return Part(
        sheets=[listing("Certificate of hours", shown, says=says)] if held else [],
        tables=[everything],
        files=[stored("certificate", one.file) for one in held],
    )
