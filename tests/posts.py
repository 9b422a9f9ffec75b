"""Columns of the access tables (tests/house/test_access.py) for addresses that only take a POST.

Their own people and nobody are asked with a GET; strangers with an empty POST: 'no' is refused (403 or 404) and writes
nothing, 'yes' comes through to what the address does for them.
"""

POST_ONLY = "in | 405 405 405 405 | no no no | no no no no"
KEEPS_THE_WORDS = "405 | 405 405 405 405 | no no no | no no no no"  # of who was signed out, too
ANY_TUTOR_OF_THE_COLLEGE_POSTS = "in | 405 405 405 405 | no no yes | no no no no"
ANY_STUDENT_POSTS = "in | 405 405 405 405 | yes no no | yes no no no"
ANY_COORDINATOR_POSTS = "in | 405 405 405 405 | no no no | no no no yes"
WHOEVER_HAS_IT_POSTS = "405 | 405 405 405 405 | yes yes yes | yes yes yes yes"
