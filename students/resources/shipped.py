"""The links that every provider begins with (the guidance, useful resources): organisations that help for free."""

from students.resources.models import Topic

NATIONAL = "https://nationalcareers.service.gov.uk"

# slug, title, address, what it helps with
LINKS = {
    Topic.SKILLS: [
        ("national-careers", "National Careers Service", f"{NATIONAL}/skills-assessment",
         "Find out what you are good at, and which jobs ask for it."),
        ("lifeskills", "Barclays LifeSkills", "https://barclayslifeskills.com/",
         "Short lessons on problem solving, confidence and money."),
        ("skills-to-succeed", "Accenture Skills to Succeed Academy", "https://www.s2sacademy.com/",
         "Interactive training: choosing a career, getting a job, doing well in it."),
        ("skills-builder", "Skills Builder", "https://www.skillsbuilder.org/",
         "Eight essential skills in small steps. See where you are."),
        ("youth-employment", "Youth Employment UK", "https://www.youthemployment.org.uk/",
         "A free course for young professionals, and advice on work."),
        ("kings-trust", "The King’s Trust", "https://www.kingstrust.org.uk/",
         "Courses and people who help you on, from 16 to 30. Formerly The Prince’s Trust."),
        ("bt-skills", "BT Skills for Tomorrow", "https://www.bt.com/skills-for-tomorrow",
         "Free courses on digital skills for work."),
    ],
    Topic.FINDING: [
        ("aoc", "Association of Colleges", "https://www.aoc.co.uk/",
         "Guidance on finding an industry placement for yourself."),
        ("first-job", "Get My First Job", "https://www.getmyfirstjob.co.uk/",
         "Employers and openings near you."),
        ("bitesize", "BBC Bitesize Careers", "https://www.bbc.co.uk/bitesize/careers",
         "People tell what they do all day, job by job."),
        ("success-at-school", "Success at School", "https://successatschool.org/",
         "Which industries there are, and how people get in."),
    ],
    Topic.CV: [
        ("national-cv", "National Careers Service: your CV", f"{NATIONAL}/careers-advice/cv-sections",
         "What goes into each part of a CV."),
        ("national-letter", "National Careers Service: cover letters", f"{NATIONAL}/careers-advice/covering-letter",
         "How to begin, what to say, and how to end."),
        ("lifeskills-cv", "Barclays LifeSkills", "https://barclayslifeskills.com/",
         "A tool that builds a first CV with you."),
    ],
    Topic.INTERVIEWS: [
        ("national-interviews", "National Careers Service: interviews", f"{NATIONAL}/careers-advice/interview-advice",
         "What they ask, how to answer, and what to ask them."),
        ("bright-knowledge", "Bright Knowledge", "https://www.brightknowledge.org/",
         "Interview stories and advice from people who have been through it."),
    ],
    Topic.NETWORKING: [
        ("linkedin", "LinkedIn", "https://www.linkedin.com/",
         "Keep in touch with people that you meet at work. For everybody from 16."),
    ],
    Topic.CLOTHES: [
        ("smart-works", "Smart Works", "https://smartworks.org.uk/",
         "Interview clothes and coaching for women, for free."),
        ("suited-and-booted", "Suited & Booted", "https://www.suitedandbooted.org/",
         "Interview clothes and advice for men, for free."),
    ],
    Topic.ETIQUETTE: [
        ("success-etiquette", "Success at School", "https://successatschool.org/",
         "First days at work: what people expect, and what they forgive."),
        ("youth-etiquette", "Youth Employment UK", "https://www.youthemployment.org.uk/",
         "How to come across well with colleagues."),
    ],
}  # fmt: skip


def ship(link_model, provider_id: int):
    """Give a provider those that it never had. `link_model`: Link, or what a migration knows of it."""
    there = set(link_model.objects.filter(provider_id=provider_id).exclude(slug="").values_list("slug", flat=True))
    link_model.objects.bulk_create(
        link_model(
            provider_id=provider_id, topic=topic.value, number=10 * number, slug=slug, title=title, url=url, words=words
        )
        for topic, links in LINKS.items()
        for number, (slug, title, url, words) in enumerate(links, start=1)
        if slug not in there
    )
