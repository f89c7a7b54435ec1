"""
The partner organisations, and which offer each of them supports.

Every statement comes from the two published documents behind this site (2014/15 and December
2015). `room` is a demonstration setting: each partner confirms its own before launch.
An offer without a lead here is one where the documents name no organisation as its provider.
"""

PARTNERS: list[dict] = [
    {
        "slug": "iwork",
        "name": "Islington Council iWork",
        "kind": "council-team",
        "role": "Coaching for local people who look for work",
        "about": (
            "<p>iWork is an Islington Council service. It gives personal coaching and mentoring "
            "to local people who look for work.</p>"
            "<p>In 2014/15 the council and Mental Health Working supported 1,023 people into "
            "work. The figure for 2013/14 was 816.</p>"
            "<p>Are you looking for work? Ask for iWork through "
            '<a href="https://www.islington.gov.uk">Islington Council’s website</a>, or at Town '
            "Hall, Upper Street, London N1 2UD.</p>"
        ),
        "website": "https://www.islington.gov.uk",
        "email": "",
        "phone": "",
        "order": 1,
    },
    {
        "slug": "youth-employment",
        "name": "Islington Council Youth Employment and Apprenticeships team",
        "kind": "council-team",
        "role": "Employers in schools, and apprenticeships",
        "about": (
            "<p>This council team brings employers into Islington schools. It also runs the "
            "council’s own apprenticeship scheme and works to improve it.</p>"
        ),
        "website": "https://www.islington.gov.uk",
        "email": "",
        "phone": "",
        "order": 2,
    },
    {
        "slug": "big-alliance",
        "name": "BIG Alliance",
        "kind": "employer-network",
        "role": "Mentoring and staff volunteering",
        "about": (
            "<p>BIG stands for Businesses for Islington Giving. The BIG Alliance runs mentoring "
            "in schools and colleges, and staff volunteering.</p>"
            "<p>In 2015 its mentoring programme was in 8 schools and colleges. Funding from the "
            "Richard Reeves Foundation was to extend it. The aim was all 10 secondary schools "
            "and City and Islington College.</p>"
            "<p>It also holds a meeting for employers every 3 months. The meeting in October 2015 "
            "was about employment.</p>"
        ),
        "website": "",
        "email": "",
        "phone": "",
        "order": 3,
    },
    {
        "slug": "kx-recruit",
        "name": "KX Recruit",
        "kind": "recruiter",
        "role": "Recruitment at King’s Cross and nearby",
        "about": (
            "<p>KX Recruit recruits for the King’s Cross development and the area around it.</p>"
            "<p>In 2015, 40% of the opportunities recruited through KX Recruit went to Islington "
            "residents.</p>"
        ),
        "website": "",
        "email": "",
        "phone": "",
        "order": 4,
    },
    {
        "slug": "timewise",
        "name": "Timewise",
        "kind": "accreditation",
        "role": "A model and accreditation for flexible hiring",
        "about": (
            "<p>Timewise has a model of flexible hiring and accredits organisations that use "
            "it.</p>"
            "<p>Islington Council was accredited as a Timewise Council in July 2015. In October "
            "2015 Timewise presented flexible hiring to local employers.</p>"
        ),
        "website": "https://timewise.co.uk",
        "email": "",
        "phone": "",
        "order": 5,
    },
    {
        "slug": "jobcentre-plus",
        "name": "Jobcentre Plus",
        "kind": "employment-service",
        "role": "Partner in employment support",
        "about": (
            "<p>Jobcentre Plus is a partner in employment support for people in Islington.</p>"
            "<p>GOV.UK tells employers about "
            '<a href="https://www.gov.uk/jobcentre-plus-help-for-recruiters">Jobcentre Plus help '
            "for recruiters</a>.</p>"
        ),
        "website": "https://www.gov.uk/contact-jobcentre-plus",
        "email": "",
        "phone": "",
        "order": 6,
    },
    {
        "slug": "city-and-islington-college",
        "name": "City and Islington College",
        "kind": "training-or-college",
        "role": "Mentoring in its Sixth Form Centre",
        "about": (
            "<p>City and Islington College takes part in mentoring by employers, in its Sixth "
            "Form Centre.</p>"
            "<p>In 2015, funding from the Richard Reeves Foundation was to bring the BIG Alliance "
            "mentoring programme to the college.</p>"
        ),
        "website": "",
        "email": "",
        "phone": "",
        "order": 7,
    },
    {
        "slug": "mental-health-working",
        "name": "Mental Health Working",
        "kind": "employment-service",
        "role": "Support that helps people into work",
        "about": (
            "<p>Mental Health Working is a local partner that supports people into work.</p>"
            "<p>In 2014/15 the council and Mental Health Working supported 1,023 people into "
            "work. The figure for 2013/14 was 816.</p>"
        ),
        "website": "",
        "email": "",
        "phone": "",
        "order": 8,
    },
]

OFFER_LINKS: list[dict] = [
    {
        "partner": "big-alliance",
        "offer": "mentor-a-young-person",
        "role": "lead",
        "what_we_do": "Runs mentoring by employers in schools and colleges in Islington.",
        "room": "now",
        "from_months": None,
    },
    {
        "partner": "city-and-islington-college",
        "offer": "mentor-a-young-person",
        "role": "support",
        "what_we_do": "Mentors meet students in its Sixth Form Centre.",
        "room": "now",
        "from_months": None,
    },
    {
        "partner": "youth-employment",
        "offer": "offer-work-experience",
        "role": "support",
        "what_we_do": "Brings employers and Islington schools together.",
        "room": "now",
        "from_months": None,
    },
    {
        "partner": "youth-employment",
        "offer": "take-on-an-apprentice",
        "role": "lead",
        "what_we_do": "Runs the council’s own apprenticeship scheme and works to improve it.",
        "room": "from",
        "from_months": 2,
    },
    {
        "partner": "timewise",
        "offer": "hire-flexibly",
        "role": "lead",
        "what_we_do": "Has a model of flexible hiring, and accreditation for employers.",
        "room": "now",
        "from_months": None,
    },
    {
        "partner": "kx-recruit",
        "offer": "recruit-locally",
        "role": "lead",
        "what_we_do": "Recruits for the King’s Cross development and the area around it.",
        "room": "now",
        "from_months": None,
    },
    {
        "partner": "iwork",
        "offer": "recruit-locally",
        "role": "support",
        "what_we_do": "Gives personal coaching and mentoring to local people who look for work.",
        "room": "now",
        "from_months": None,
    },
    {
        "partner": "youth-employment",
        "offer": "visit-a-school",
        "role": "lead",
        "what_we_do": "Brings employers into Islington schools.",
        "room": "now",
        "from_months": None,
    },
    {
        "partner": "big-alliance",
        "offer": "volunteer-as-a-team",
        "role": "lead",
        "what_we_do": "Runs staff volunteering for employers in Islington.",
        "room": "now",
        "from_months": None,
    },
    {
        "partner": "iwork",
        "offer": "open-a-job-to-someone-who-faces-barriers",
        "role": "support",
        "what_we_do": "Coaches local people who look for work.",
        "room": "now",
        "from_months": None,
    },
    {
        "partner": "mental-health-working",
        "offer": "open-a-job-to-someone-who-faces-barriers",
        "role": "support",
        "what_we_do": "Supports people into work.",
        "room": "now",
        "from_months": None,
    },
]
