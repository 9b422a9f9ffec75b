"""The agreement text that the portal ships: what a provider begins with, and may change."""

DEFAULT_TEXT = """\
This agreement is between {student}, {employer} and {provider}. It says who does what during the industry placement, \
so that everybody can rely on it. It is not a contract of employment.

# The placement

- Student: {student}, T Level in {tlevel}
- Employer: {employer}, {place}
- Line manager: {manager}
- Provider: {provider}, tutor {tutor}
- Role: {role}
- From {first_day} to {last_day}
- Days and times: {days_and_times}
- Hours: {hours_agreed} are agreed here; {hours_required} are required for the T Level in all
- Pay and expenses: {pay}

# What the student is to learn

{goals}

# What the student does

- Comes on the agreed days, on time and ready to work, and tells the line manager at once when that is not possible.
- Takes part in the induction and in training, and keeps to the employer's rules on safety, conduct, dress and IT.
- Works towards the learning goals, writes down the hours every week and keeps a logbook.
- Keeps to themselves what is confidential, during the placement and afterwards.
- Speaks up early, to the line manager or the tutor, when something is wrong.

# What the employer does

- Gives real work that serves the learning goals, somebody to ask, and time for questions.
- Gives an induction in the first days, and names the line manager who confirms the hours every week.
- Keeps within working time for young people, and agrees with the tutor before days or times change.
- Treats the student fairly, and makes the adjustments that were agreed.
- Takes part in the review meetings, and tells the tutor at once of absence without notice, an accident or a worry.

# What the provider does

- Prepares the student, and looks at the placement before it begins.
- Names a tutor who keeps in touch with student and line manager, holds the review meetings and helps when something \
goes wrong.
- Counts the hours, looks at the progress towards the goals, and keeps the records.

# Health, safety and insurance

- The employer is responsible for the student's health and safety at work as for its own people, has assessed the \
risks with the student's age and experience in mind, and explains what is dangerous before the work begins.
- The employer has employers' liability insurance that covers the student, and says so to its insurer.
- The student uses no machinery without permission and training, and reports every accident or injury at once. The \
employer tells the provider on the same day.

# Safeguarding

Whoever is worried about the student's safety or wellbeing tells the provider at once: {safeguarding}. The employer \
knows whom to tell, and makes sure that the student is supervised by suitable people. In an emergency, call 999 first.

# Personal data

Provider and employer keep only what the placement needs, use it for nothing else, keep it safe, and delete it when it \
is no longer needed. The student decides what the employer is told about health, disability or support needs.

# Changes and ending early

A change of dates, place, days or times is agreed by all three first. Whoever wants to end the placement early speaks \
to the others, so that a solution can be looked for; the provider writes down when and why it ends. Hours that were \
confirmed stay confirmed.
"""
