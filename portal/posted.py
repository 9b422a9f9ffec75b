"""What a page sent along, read with care: no nonsense in it breaks anything."""

import re

# What pages tell themselves.
HIDDEN = {"csrfmiddlewaretoken", "keep", "seen", "page", "sent", "was", "others", "still_empty", "asked"}
SIGNS_IN = {"code"}  # as passwords do
CHOSEN = re.compile(r"[a-z\d_:.,T-]*|\d+/\d+|/\S*")  # a key, number, day or time; an academic year; an address of ours
LONGEST = 9  # digits: more is no version and no number of anything here, and would not fit into its column


def posted(request):
    """What was posted, for a form: also where that is nothing; None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None


def is_quiet(request) -> bool:
    """Whether a script sent the page while it was written, and nobody pressed anything."""
    return request.headers.get("X-Autosave") == "1"


def whole_number(text: str) -> int:
    """The number that `text` is; -1 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST else -1


def seen_in(data, name: str = "seen") -> int:
    """The version (or another number) that somebody had before them when they sent a page; -1, which nothing has,
    where it says none."""
    return whole_number(data.get(name, ""))


def words_in(data) -> list[str]:
    """What somebody wrote, to be copied where it could not be stored. What was chosen is not among it (one word in
    small letters may be that), nor what a page keeps for itself, nor what one signs in with."""
    sent = (text.strip() for name in data if is_for_people(name) for text in data.getlist(name))
    return [text for text in sent if not CHOSEN.fullmatch(text)]


def is_for_people(name: str) -> bool:
    """Whether a field is no secret and not for the page itself; several of a kind have a prefix, or say of what."""
    return "password" not in name and (HIDDEN | SIGNS_IN).isdisjoint(name.split("-"))


def keeps_late_words(keep):
    """Mark a view whose pages keep their words even where they can no longer be sent: their token is too old, or lost.

    `keep` takes the request with the parts of the address, and answers it where it kept the words, else gives None. It
    must ask for a proof of its own that the page was shown to its person (a signed token), and do no more than keep.
    """

    def mark(view):
        view.keep_late_words = keep
        return view

    return mark
