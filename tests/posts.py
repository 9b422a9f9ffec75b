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

# Behind a mailed link: whoever holds it, and of those who are signed in only the line manager to whom it was mailed.
ONLY_ITS_MANAGER = "200 | 403 200 403 403 | 403 403 403 | 403 403 403 403"
ONLY_ITS_MANAGER_IS_LED_BACK = "302 | 403 302 403 403 | 403 403 403 | 403 403 403 403"
