"""How many pages a document has, as far as it can be told without trusting it.

A PDF is read by a process of its own, with little memory and little time: whatever a file holds, it can neither stop
the portal nor bring it down. Run as a program, this file is that process: PDF in, number out.
"""

import io
import re
import subprocess
import sys
import zipfile

MOST_SECONDS = 5
MOST_MEMORY = 512 * 1024 * 1024
MOST_PAGES = 9999
WAIT_SECONDS = 10  # by the clock on the wall, for a machine that is busy
PAGES_IN_WORD = re.compile(rb"<Pages>\s*(\d{1,5})\s*</Pages>")
READ_OF_WORD = 64 * 1024


def count_pages(accepted) -> int | None:
    """Pages of a file that `portal.uploads.accept` let in; None where nobody can tell. Raises nothing."""
    if accepted.content_type == "application/pdf":
        return sensible(pages_of_pdf(accepted.content))
    if accepted.name.endswith(".docx"):
        return sensible(pages_of_docx(accepted.content))
    return None


def sensible(number: int | None) -> int | None:
    return number if number and 0 < number <= MOST_PAGES else None


def pages_of_pdf(content: bytes) -> int | None:
    try:
        run = subprocess.run(  # noqa: S603 - our own file, no shell
            [sys.executable, "-P", __file__], input=content, capture_output=True, timeout=WAIT_SECONDS, check=False
        )
    except (subprocess.TimeoutExpired, OSError):
        return None
    answer = run.stdout.strip()
    return int(answer) if run.returncode == 0 and answer.isdigit() and len(answer) < 10 else None


def pages_of_docx(content: bytes) -> int | None:
    """What Word wrote down when it saved the document; other programs leave it out."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open("docProps/app.xml") as properties:
            found = PAGES_IN_WORD.search(properties.read(READ_OF_WORD))
    except Exception:  # whatever is wrong with a file, it only means that nobody can tell
        return None
    return int(found[1]) if found else None


def pages_in(content: bytes) -> int:
    """Of a PDF that is trusted, or read in a process of its own. Raises whatever a broken one makes pypdf raise."""
    from pypdf import PdfReader

    return PdfReader(io.BytesIO(content)).get_num_pages()


def main():
    """Count the pages of the PDF on standard input."""
    import logging
    import resource

    import pypdf  # noqa: F401 - before the limits hold, which are for the file

    logging.disable(logging.CRITICAL)
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    sys.stdout.write(str(pages_in(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
