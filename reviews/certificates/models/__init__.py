from reviews.certificates.models.certificate import Certificate
from reviews.certificates.models.keys import WARN_DAYS, SigningKey

__all__ = ["WARN_DAYS", "Certificate", "SigningKey"]
