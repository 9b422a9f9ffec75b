"""Learning goals as tutors write them with employers: three to five for each T Level of the demo."""

GOALS = {
    "Digital Support and Security": [
        "Take calls and tickets, ask the right questions, and keep people informed until their problem is solved",
        "Set up and hand over computers by the checklist, so that they work on somebody's first day",
        "Find and mend simple network faults, and write down what was done",
        "Write instructions that colleagues can follow without help",
    ],
    "Digital Data Analytics": [
        "Fetch, clean and check data, and say what is missing in it",
        "Build a report that a team uses every week",
        "Explain a figure to somebody who does not work with data",
        "Keep personal data safe by the rules of the house",
    ],
    "Digital Software Development": [
        "Take a small change from the ticket to the release, with tests",
        "Review the code of others, and answer reviews of your own",
        "Find the cause of a fault, and describe it so that others can follow",
        "Plan your week's work with the team, and say early when something takes longer",
    ],
    "Management and Administration": [
        "Run the appointments of a team without clashes",
        "Take minutes and follow up what was agreed",
        "Deal with enquiries by phone and in writing, in the tone of the house",
        "Improve one form or routine, and show what it saves",
    ],
    "Health": [
        "Help people with washing, dressing and meals, with dignity and consent",
        "Take and record observations under supervision, and report what is unusual",
        "Keep to infection control without being reminded",
        "Hand over to the next shift, clearly and completely",
    ],
    "Healthcare Science": [
        "Book in and track samples without mix-ups",
        "Prepare and check equipment by the written procedure",
        "Explain how quality control shows that a result can be trusted",
    ],
    "Science": [
        "Prepare samples and solutions by the method, and record them so that others can repeat it",
        "Calibrate and look after two instruments",
        "Work by the safety rules of the laboratory, and assess the risk of a simple task",
        "Present the result of a small investigation to the team",
    ],
    "Education and Early Years": [
        "Lead an activity for a small group of children, and say what they learned from it",
        "Watch and write down a child's progress, and use it to plan the next step",
        "Follow safeguarding rules every day, and know whom to tell",
        "Work with colleagues and parents in a calm and friendly way",
    ],
    "Building Services Engineering": [
        "Read drawings and mark out a simple installation",
        "Fit pipework or containment to the drawing, under supervision",
        "Choose and look after tools, and work safely at every height that you are trained for",
    ],
    "Design, Surveying and Planning": [
        "Set out and level simple points, and check your own readings",
        "Keep a site diary and the drawing register up to date",
        "Explain how a programme of works is made and followed",
        "Take part in a site inspection and follow up what was found",
    ],
    "Maintenance, Installation and Repair": [
        "Carry out planned maintenance by the schedule, and record it",
        "Find a fault step by step, and prove that it is mended",
        "Isolate and lock off machines safely, every time",
        "Use measuring instruments and write down what they show",
    ],
    "Manufacturing, Processing and Control": [
        "Make a part to the drawing, and check it to the tolerance",
        "Set up a machine for a repeat job under supervision",
        "Explain where quality is checked between order and dispatch",
    ],
    "Accounting": [
        "Post and reconcile supplier invoices, and clear up what does not match",
        "Prepare a bank reconciliation for review",
        "Help with a VAT return, and explain where each figure comes from",
        "Keep client papers confidential and in order",
    ],
    "Finance": [
        "Keep client records complete, and say what is missing",
        "Prepare figures for a review meeting, and check them",
        "Explain a product to a client in plain words, with a colleague",
    ],
    "Legal Services": [
        "Open, index and close files by the rules of the firm",
        "Draft simple letters, and have them need fewer corrections each month",
        "Do a small piece of research, and say where it comes from",
        "Keep what clients tell the firm confidential",
    ],
    "Animal Care and Management": [
        "Feed, clean and handle animals safely, by their care plans",
        "Notice and record changes in an animal's health or behaviour",
        "Help with visitors and adoptions, and give good advice",
        "Keep to biosecurity and the cleaning routine",
    ],
    "Media, Broadcast and Production": [
        "Prepare camera and sound for a shoot, and look after the equipment",
        "Cut a short piece from rough material to the brief",
        "Keep rights, releases and file names in order",
        "Take part in planning a production, and hold to its timetable",
    ],
    "Marketing": [
        "Plan and write posts in the voice of a client",
        "Measure what a campaign brought, and say what you would change",
        "Prepare a client meeting, and follow up what was agreed",
    ],
}
SPECIALISM_GOALS = {
    "Dental Nursing": [
        "Prepare the surgery and clean it down by the written procedure",
        "Assist at the chair, and pass instruments before they are asked for",
        "Look after patients who are nervous, before and after treatment",
        "Take part in sterilisation, and keep its records",
    ],
    "Early Years Educator": [
        "Be key person for a small group of children, with a colleague behind you",
        "Plan, lead and look back on activities for different ages",
        "Watch and write down each child's progress, and share it with parents",
        "Follow safeguarding and hygiene rules every day, and know whom to tell",
        "Work in the team of the nursery through all parts of the day",
    ],
}
CHANGED = {  # e-mail address: (goal, its new wording)
    "student@demo.test": (
        4,
        "Write and keep up instructions for the ward tablets that colleagues can follow without help",
    ),
    "kwame.mensah@demo.test": (2, "Build and look after the weekly report on waiting times"),
}
DEPARTMENTS = {
    "student@demo.test": "Service desk, then networks, then two weeks with cyber security",
    "kwame.mensah@demo.test": "Reporting, with a week in clinical coding",
    "sofia.rossi@demo.test": "Planning support, then land charges",
}
ADJUSTMENTS = {
    "jack.sumner@demo.test": (
        "Instructions help most when they are given one at a time and written down. A quiet place for breaks.", True
    ),
    "aaliyah.hussain@demo.test": ("A stool for longer observations, and a break after two hours on the feet.", False),
}  # fmt: skip
