"""How a student stands: on track, watch, at risk, or the hours cannot be reached by 31 July of the final year.

One definition for every page. On a page that has its projections at hand anyway, judge at once:

    from reviews.risk.judging import judge, Level, Risk
    from reviews.risk.signs import signs_of

    signs = signs_of(student_ids, now)                      # {student: Signs}, one query for any number of students
    risk = judge(projection, entry_year="2025/26", born_on=student.born_on,
                 awaited_monday=hours.awaited_monday, signs=signs[pk], today=today)
    risk.level, risk.label, risk.tone, risk.reasons, risk.coverage, risk.sentence()

Where lists are too long for that, read `reviews.risk.models.Standing`: one row per student (`student.standing`),
written by `reviews.risk.keeping` only, renewed within a minute of every change and every night.
"""
