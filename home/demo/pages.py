"""
Words of the front page, the listings and the plain pages, with the enquiry desk's details.

The legal pages are complete drafts for the council to confirm. `FIXED_WORDING` holds sentences
that the model accessibility statement prescribes: they must not be changed, whatever their length.
"""

from home.statement import EASS, ENFORCEMENT, REGULATIONS

DESK: dict = {
    "team_name": "Employer engagement team",
    "phone": "020 7946 0123",
    "mailbox": "aspires@example.org",
    "backup_mailbox": "aspires-backup@example.org",
    "opens": "09:00",
    "closes": "17:00",
    "reply_promise_days": 2,
    "postcode_districts": "EC1 EC2 N1 N1C N4 N5 N6 N7 N8 N16 N19 NW5 WC1",
}

PHONE: str = '<a href="tel:+442079460123">020 7946 0123</a>'  # in rich text

SITE_MESSAGE: str = (
    "This is a demonstration site. Employers marked (example) are made up. The council has yet to "
    "confirm contact details and terms."
)

PROMOTIONS: list[tuple[str, str, str]] = [  # words of a search, the offer shown first, why
    ("csr", "volunteer-as-a-team", "A day of help from your team is a good way to begin."),
    ("levy", "take-on-an-apprentice", "What it takes to have an apprentice, and who helps."),
    ("procurement", "add-social-value-to-a-council-contract", "What suppliers can offer."),
    ("llw", "pay-the-london-living-wage", "What it means to pay it, and what it takes."),
    *(
        (words, "offer-work-experience", "A student sees for 1 or 2 weeks what your work is.")
        for words in ("internship", "internships", "intern", "interns")
    ),
    *(
        (words, "open-a-job-to-someone-who-faces-barriers", "Free help to shape a job.")
        for words in ("ex-offender", "ex-offenders", "disability", "disabilities", "disabled")
    ),
]

OTHER_HELP: dict = {
    "jobseeker_text": (
        "This website is for employers. iWork gives personal coaching and mentoring to local "
        "people who look for work."
    ),
    "jobseeker_link": "Read about iWork",
    "jobseeker_address": "/partners/iwork/",
    "jobseeker_words": (
        "job, jobs, vacancies, vacancy, jobseeker, jobseekers, job-seeker, looking for work, find "
        "work, out of work, unemployed, cv, for my son, for my daughter, my child"
    ),
    "outside_text": (
        "Ask your own council which of its teams works with employers. Jobcentre Plus is also a "
        "partner in employment support."
    ),
    "outside_link": "Read about Jobcentre Plus",
    "outside_address": "/partners/jobcentre-plus/",
    "outside_words": (
        "outside islington, not in islington, outside the borough, another borough, other boroughs"
    ),
    "other_text": (
        "Tell us if a page does not work for you, or ask about your personal data or anything else."
    ),
    "other_link": "Write to us about this website",
    "other_address": "/contact/website/",
}

HOME: dict = {
    "hero_title": "Open a door for someone local",
    "hero_lede": (
        "Islington Aspires is one place for employers to find the right way to get involved. You "
        "can also see what it did for other businesses."
    ),
    "offers_title": "Ways to get involved",
    "offers_intro": (
        "Give an hour, a placement or a permanent job. Each one is good for your business and for "
        "Islington."
    ),
    "impact_title": "What the partnership has done",
    "steps_title": "How it works",
    "steps": [
        {
            "heading": "Tell us about your business",
            "text": "Send a short form or call us. It takes about 5 minutes.",
        },
        {
            "heading": "Hear what fits",
            "text": (
                "One person replies within 2 working days and suggests what suits your size and "
                "sector."
            ),
        },
        {
            "heading": "Start with the right partner",
            "text": (
                "We introduce you to a partner who does this work. You can come back to us at any "
                "time."
            ),
        },
    ],
    "stories_title": "Employers who have done it",
    "partners_title": "Who you will work with",
    "partners_intro": (
        "Islington Aspires is a partnership of organisations that already work with employers."
    ),
    "contact_title": "Not sure where to start?",
    "contact_lede": (
        "Tell us about your business and we will suggest what fits. You deal with one team, "
        "whichever organisation you work with in the end."
    ),
    "seo_title": "How employers can get involved in Islington",
    "search_description": (
        "One place for Islington employers to find out how to help local people into good work, "
        "and to read what other employers did and gained."
    ),
    "featured_case_study": "fanlight-foods",
}

OFFER_INDEX: dict = {
    "title": "Ways to get involved",
    "lede": (
        "Choose what suits your business. Each page says what you do, how long it takes, what it "
        "costs and what you get."
    ),
    "seo_title": "Ways for employers to get involved",
    "search_description": (
        "Mentoring, work experience, apprenticeships, local recruitment and more. See what each "
        "one asks of an employer and what the business gets."
    ),
}

CASE_STUDY_INDEX: dict = {
    "title": "Case studies",
    "lede": "What local employers did, what it took, what was hard and what changed.",
    "seo_title": "Case studies of Islington employers",
    "search_description": (
        "Read what employers in Islington did to get local people into good work, what it took "
        "and what changed. Choose by sector, size or what they did."
    ),
}

COMMITMENT: str = (
    "Islington Council is committed to making its website accessible, in accordance with the "
    f"{REGULATIONS}."
)
COMPLIANCE: str = (
    "This website is partially compliant with the Web Content Accessibility Guidelines version "
    "2.2 AA standard, due to the non-compliances listed below."
)
EASS_LINK: str = EASS.replace(
    "Equality Advisory and Support Service (EASS)",
    '<a href="https://www.equalityadvisoryservice.com">Equality Advisory and Support Service '
    "(EASS)</a>",
)
FIXED_WORDING: tuple[str, ...] = (COMMITMENT, COMPLIANCE, ENFORCEMENT, EASS)


ABOUT = (
    "<h2>What this website is for</h2>"
    "<p>This website is the one place where a local employer finds out how to get involved in "
    "Islington. It shows what you can do, what it takes and what other employers gained.</p>"
    "<p>You send one enquiry to one team. The team answers you or introduces you to the partner "
    "who does that work.</p>"
    "<h2>Who runs it</h2>"
    "<p>Islington Council runs the website with partners that work with employers. You can read "
    'about each of them on the <a href="/partners/">partners page</a>.</p>'
    "<p>The Business Engagement Leadership Group brings together those who work with employers. "
    "In 2015 its chair was John Nugent, director of Green and Fortune. That is a catering company "
    "at King’s Cross.</p>"
    "<h2>How it began</h2>"
    "<ul>"
    "<li>November 2014: the Islington Employment Commission was launched.</li>"
    "<li>5 February 2015: the commission ended.</li>"
    "<li>July 2015: the council was accredited as a Timewise Council for flexible working.</li>"
    "<li>October 2015: the BIG Alliance held an employers’ meeting on employment. Timewise "
    "presented flexible hiring there.</li>"
    "<li>23 November 2015: Islington Aspires was launched at an event called One Year On. "
    "Linklaters, a law firm, was the host.</li>"
    "</ul>"
    "<h2>Where the figures come from</h2>"
    "<p>The figures on this website come from 2 public documents of 2014/15 and December 2015. "
    "Each figure is shown with its period and its source. "
    '<a href="/impact/">See all figures and sources</a>.</p>'
    "<h2>Case studies</h2>"
    "<p>Some case studies come from the same documents. The others are about made-up employers, "
    "and “(example)” follows their names. They show what a case study will look like.</p>"
    "<h2>If you are looking for work</h2>"
    "<p>This website is for employers. If you live in Islington and want help to find work, "
    '<a href="/partners/iwork/">read about iWork</a>.</p>'
    "<h2>How to contact us</h2>"
    '<p><a href="/enquire/">Send an enquiry</a> or call the employer engagement team on '
    f"{PHONE}, Monday to Friday, 9am to 5pm. We reply within 2 working days.</p>"
)

PRIVACY_NOTICE_VERSION: str = "2026-11"

PRIVACY_NOTICE: str = (
    "<p>This notice is about the personal data that you give us through this website, by email "
    f"or by phone. It is version {PRIVACY_NOTICE_VERSION}.</p>"
    "<h2>Who we are</h2>"
    "<p>Islington Council decides how and why your data is used. In law it is the data controller. "
    "The address is Town Hall, Upper Street, London N1 2UD.</p>"
    f"<p>The employer engagement team looks after the enquiries. You can call {PHONE} or "
    'email <a href="mailto:aspires@example.org">aspires@example.org</a>.</p>'
    "<h2>How to contact the Data Protection Officer</h2>"
    "<p>Write to the Data Protection Officer at Islington Council, Town Hall, Upper Street, London "
    'N1 2UD. You can also email <a href="mailto:aspires@example.org">aspires@example.org</a> with '
    "“Data Protection Officer” in the subject.</p>"
    "<h2>What we collect</h2>"
    "<p>When you send an enquiry, we collect:</p>"
    "<ul>"
    "<li>what you would like to talk about</li>"
    "<li>the name of your organisation and, if you give them, its size, sector and postcode</li>"
    "<li>your name and email address</li>"
    "<li>your job title, phone number and message, if you give them</li>"
    "<li>a record of what we and our partners did with your enquiry</li>"
    "</ul>"
    "<p>When you write to us about the website, we collect your message and any contact details "
    "that you add.</p>"
    "<p>If you help us with a case study, we collect your words, your job title and any pictures. "
    "We also keep a record of your approval.</p>"
    "<p>The website uses the internet address of your device to limit attempts to sign in.</p>"
    "<h2>Why we use it</h2>"
    "<ul>"
    "<li>to answer your enquiry and help you to get involved</li>"
    "<li>to pass your interest to the partner who can help you</li>"
    "<li>to check that you got an answer, and to record what came of it</li>"
    "<li>to publish a case study, if you approve it</li>"
    "<li>to answer messages and complaints about this website</li>"
    "<li>to count enquiries, without names, so that we can improve the service</li>"
    "<li>to keep the website safe from misuse</li>"
    "</ul>"
    "<p>We do not send marketing, and we do not sell data.</p>"
    "<h2>Our lawful basis</h2>"
    "<p>We use your data to carry out a task in the public interest. This is Article 6(1)(e) of "
    "the UK General Data Protection Regulation (UK GDPR), known as public task.</p>"
    "<p>The task rests on the general power of competence in "
    '<a href="https://www.legislation.gov.uk/ukpga/2011/20/section/1">section 1 of the Localism '
    "Act 2011</a>. This basis applies to all the purposes above.</p>"
    "<p>We publish a case study only with your approval, and you can withdraw it at any time. We "
    "then remove your words and pictures from the website.</p>"
    "<h2>Who we share it with</h2>"
    "<p>If a partner can help you best, we tell that partner about your interest. The first "
    "message to the partner does not contain your details. The partner sees them only after it "
    "has agreed to help you.</p>"
    '<p>The partners are on the <a href="/partners/">partners page</a>. A partner sees only the '
    "interests that we have passed to it. Once it has your details, it is also responsible for "
    "how it uses them.</p>"
    "<p>Companies that run the website and its email for the council can hold the data, on the "
    "council’s instructions only. The council also has to answer requests under the Freedom of "
    "Information Act. It does not give out personal data unless the law allows it.</p>"
    "<h2>How long we keep it</h2>"
    "<p>We keep an enquiry for 24 months after our last contact with you. Then we remove your "
    "name, contact details and message. We keep only what cannot identify you, such as the sector "
    "and the result.</p>"
    "<p>We keep messages about the website for 24 months. We keep the record of approval for a "
    "case study as long as the case study is published, and for 24 months after that.</p>"
    "<h2>Your rights</h2>"
    "<p>You have the right to:</p>"
    "<ul>"
    "<li>ask for a copy of your data</li>"
    "<li>ask us to correct it</li>"
    "<li>ask us to delete it</li>"
    "<li>ask us to limit how we use it</li>"
    "<li>object to how we use it</li>"
    "</ul>"
    "<p>The right to have data deleted has limits when the basis is public task. The right to "
    "object always applies, and we then have to show good reasons to continue.</p>"
    '<p>Use the <a href="/contact/website/?topic=personal-data">form for messages about your '
    'personal data</a>, call us or email <a href="mailto:aspires@example.org">'
    "aspires@example.org</a>. It is free, and we answer within 1 month.</p>"
    "<h2>How to complain</h2>"
    "<p>You can complain to us about how we use your data. Use the same form, or email or call "
    "us. The form confirms at once that we have your complaint. By email or phone we confirm it "
    "within 30 days. We look into it without delay and tell you the outcome.</p>"
    "<p>You can also complain to the Information Commissioner’s Office (ICO), the regulator for "
    'data protection. <a href="https://ico.org.uk/make-a-complaint/">Complain to the ICO</a>.</p>'
    "<h2>Whether you have to give us your details</h2>"
    "<p>No law or contract obliges you. We need 4 things to answer an enquiry: what it is about, "
    "your organisation, your name and your email address. Everything else is optional. Without "
    "the 4 things you can still call us.</p>"
    "<h2>Automated decisions</h2>"
    "<p>We make no automated decisions about you, and we do no profiling. A spam check can hold a "
    "message back. It deletes nothing, and a person looks at what it holds.</p>"
    "<p>The page that suggests ways to get involved uses only the answers you choose there. It "
    "stores nothing about you.</p>"
    "<h2>Changes to this notice</h2>"
    "<p>Each enquiry and each message records the version of this notice that was in force when "
    "you sent it. That version stays on this website. If we want to use your data for something "
    "new, we tell you first.</p>"
)

COOKIES_BEFORE = (
    "<p>A cookie is a small file that a website stores on your device. This website uses cookies "
    "only where it cannot work without them.</p>"
    "<h2>Pages you read</h2>"
    "<p>We set no cookies on the pages you read. We do not use cookies to measure visits, to "
    "advertise or to remember what you looked at. No other organisation sets cookies here.</p>"
    "<h2>Forms and signing in</h2>"
    "<p>Forms need the first 2 cookies in this list. The others are for people who manage the "
    "website and for members of partner organisations, who sign in. Nobody needs an account to "
    "send an enquiry.</p>"
)
COOKIES_AFTER = (
    "<h2>Why we do not ask for your consent</h2>"
    "<p>The law asks for consent unless a cookie is strictly necessary or another exception "
    "applies. Our cookies are necessary for something that you have asked for. "
    "That is why you see no cookie banner.</p>"
    "<h2>How to delete cookies</h2>"
    "<p>You can delete or block cookies in the settings of your browser. If you block them, you "
    "can read every page but you cannot send a form. You can call us in place of that on "
    f"{PHONE}.</p>"
    '<p>The <a href="/privacy/">privacy notice</a> says what we do with the details you send.</p>'
)

ACCESSIBILITY_STATEMENT = (
    "<p>This accessibility statement applies to the Islington Aspires website: all public pages, "
    "the enquiry form and the pages behind links that we email.</p>"
    "<p>This website is run by Islington Council. We want as many people as possible to be able "
    "to use it. For example, that means you should be able to:</p>"
    "<ul>"
    "<li>change colours, contrast levels and fonts using browser or device settings</li>"
    "<li>zoom in to 400% without text spilling off the screen</li>"
    "<li>use all of the website with a keyboard</li>"
    "<li>use all of the website without JavaScript</li>"
    "</ul>"
    "<p>We have also made the text as simple as we can.</p>"
    "<h2>How accessible this website is</h2>"
    "<p>This is a new website. We test it with automated tools and with manual checks, and we "
    "know of no part that does not work. It has not had an independent audit. People who use "
    "assistive technology every day have not yet tested it for us.</p>"
    "<h2>Feedback and contact information</h2>"
    "<p>If you find a problem that is not on this page, tell us. Tell us too if you need "
    "information in another format, such as large print, easy read, audio or braille.</p>"
    "<ul>"
    '<li>use the <a href="/contact/website/?topic=accessibility">contact form</a></li>'
    f"<li>call {PHONE}, Monday to Friday, 9am to 5pm</li>"
    '<li>email <a href="mailto:aspires@example.org">aspires@example.org</a></li>'
    "</ul>"
    "<p>The form has a choice for an accessibility problem and one for another format. You can "
    "also use it to ask about content that the accessibility regulations do not cover.</p>"
    "<p>We reply within 2 working days. If a new format takes longer, we tell you how long.</p>"
    "<h2>Enforcement procedure</h2>"
    f"<p>{ENFORCEMENT} {EASS_LINK}</p>"
    "<h2>Technical information about this website’s accessibility</h2>"
    f"<p>{COMMITMENT}</p>"
    "<h2>Compliance status</h2>"
    f"<p>{COMPLIANCE}</p>"
    "<h2>Non-accessible content</h2>"
    "<p>The content listed below is non-accessible for the following reasons.</p>"
    "<h3>Non-compliance with the accessibility regulations</h3>"
    "<p>Nobody outside the team has audited this website yet. We count these parts as not "
    "compliant, because we cannot show that they meet the standard:</p>"
    "<ul>"
    "<li>use with a screen reader, which we have not tested in full</li>"
    "<li>use with speech recognition, which we have not tested</li>"
    "<li>text descriptions of pictures, which nobody outside the team has reviewed</li>"
    "</ul>"
    "<p>We will update this list after the first audit. If something does not work for you, we "
    "give you the same information by phone or email.</p>"
    "<h3>Disproportionate burden</h3>"
    "<p>We do not claim that any change would be a disproportionate burden.</p>"
    "<h3>Content that’s not within the scope of the accessibility regulations</h3>"
    "<p>We have no such content. Our figures come from 2 older public documents, and those "
    "documents are not part of this website.</p>"
    "<h2>What we’re doing to improve accessibility</h2>"
    "<p>We test each kind of page with automated tools whenever we change the website. We check "
    "by hand with a keyboard only, at 400% zoom, with wider text spacing and in high contrast.</p>"
    "<p>The next steps are an independent audit, and tests with people who use assistive "
    "technology.</p>"
)
STATEMENT_PREPARATION = (
    "<p>We tested the website ourselves against the WCAG 2.2 AA standard. The tests covered at "
    "least one page of each kind, on a wide and on a narrow screen.</p>"
    "<p>We review this statement at least once every 12 months.</p>"
)

VULNERABILITY_DISCLOSURE = (
    "<p>If you have found a security problem in this website, we want to hear from you. This page "
    "says how to tell us and what you can expect.</p>"
    "<h2>What this policy covers</h2>"
    "<p>It covers this website: its public pages, its forms, its sign-in pages and its data "
    "service for other systems. It does not cover other websites of Islington Council or of our "
    "partners.</p>"
    "<h2>How to report</h2>"
    '<p>Email <a href="mailto:aspires@example.org">aspires@example.org</a> or use the '
    '<a href="/contact/website/?topic=security">form for security problems</a>. '
    "You can stay anonymous. If you leave an address, we "
    "can ask you questions and tell you when the problem is fixed.</p>"
    "<h2>What to include</h2>"
    "<ul>"
    "<li>the address of the page or service</li>"
    "<li>the kind of problem, in a few words</li>"
    "<li>the steps that show it, as harmless as possible</li>"
    "<li>what someone could do with it</li>"
    "</ul>"
    "<p>Do not put other people’s personal data into your report.</p>"
    "<h2>What we do</h2>"
    "<p>We reply within 5 working days. We aim to assess the report within 10 working days. We "
    "then tell you whether we can confirm the problem and how urgent we think it is.</p>"
    "<p>The most harmful problems come first. You are welcome to ask how it is going. We ask that "
    "you leave at least 14 days between questions, so that we can work on the fix.</p>"
    "<p>We tell you when we have fixed it, and you can check that the fix works. After that you "
    "may publish what you found. Agree the date with us first.</p>"
    "<h2>What we ask of you</h2>"
    "<p>You must:</p>"
    "<ul>"
    "<li>keep to the law, including data protection law</li>"
    "<li>stop as soon as you see personal data, and tell us</li>"
    "<li>delete all data from your research within 1 month of the fix</li>"
    "<li>keep the problem confidential until it is fixed</li>"
    "</ul>"
    "<p>You must not:</p>"
    "<ul>"
    "<li>open, change or copy more data than you need to show the problem</li>"
    "<li>disturb the service, for example by sending it very many requests</li>"
    "<li>use scanners or other tools that could cause damage</li>"
    "<li>deceive or attack our staff, users or buildings</li>"
    "<li>ask for money in return for the details</li>"
    "</ul>"
    "<p>We do not need reports about things that nobody could misuse, such as a header that some "
    "guides recommend.</p>"
    "<h2>The law</h2>"
    "<p>If you act in good faith and keep to this policy, we will not take legal action against "
    "you. The policy does not allow you to break the law. It also does not allow you to make us, "
    "or a partner, break the law.</p>"
    "<h2>Rewards</h2>"
    "<p>We do not pay for reports. We are grateful for them, and we will thank you.</p>"
)

PAGES: list[dict] = [
    {
        "slug": "about",
        "title": "About Islington Aspires",
        "lede": (
            "Islington Aspires shows local employers how to get local people into good work. The "
            "council and its partners run it together."
        ),
        "body": ABOUT,
        "seo_title": "About Islington Aspires and its partners",
        "search_description": (
            "What Islington Aspires is for, who runs it, how it began in 2014 and 2015, and where "
            "its figures come from."
        ),
    },
    {
        "slug": "vulnerability-disclosure",
        "title": "Report a security problem",
        "lede": "How to report a weakness in the security of this website, and what we do then.",
        "body": VULNERABILITY_DISCLOSURE,
        "seo_title": "Report a security problem with this website",
        "search_description": (
            "How to report a security problem with this website, what to include, when we reply "
            "and what we ask of you."
        ),
    },
]

COOKIES: dict = {
    "slug": "cookies",
    "title": "Cookies",
    "lede": "We set no cookies on the pages you read. Forms need 2.",
    "body": COOKIES_BEFORE,
    "after": COOKIES_AFTER,
    "seo_title": "Cookies on this website",
    "search_description": (
        "This website sets no cookies on the pages you read and 2 necessary cookies for its "
        "forms. See what they do and how to delete them."
    ),
}

STATEMENT: dict = {
    "slug": "accessibility-statement",
    "title": "Accessibility statement for Islington Aspires",
    "lede": "",
    "body": ACCESSIBILITY_STATEMENT,
    "preparation": STATEMENT_PREPARATION,
    "seo_title": "Accessibility statement",
    "search_description": (
        "How accessible this website is, what we have tested, how to report a problem and how "
        "to ask for information in another format."
    ),
}
