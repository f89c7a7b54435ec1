"""
Case studies: 3 from published documents about real organisations, the rest about made-up employers.

Made-up employers have `is_example` set, and every page prints "(example)" after their name. Their
figures have the source "Example figure". A published case study states only what the documents
say, so it has no quotes and may leave `what_was_hard` and `advice` empty.
`started` is (year, month). `offers` holds (offer slug, featured on that offer's page).
"""

TAGS: tuple[str, ...] = (
    "apprentices",
    "bids and contracts",
    "fair pay",
    "flexible hours",
    "first jobs",
    "health and disability",
    "local hiring",
    "managers",
    "parents",
    "retention",
    "schools",
    "small business",
    "volunteering",
    "young people",
)

PICTURES: dict[str, str] = {
    "kitchen": (
        "Drawing: 2 chefs at a kitchen pass under a large fanlight: one tosses vegetables "
        "in a pan, the other finishes a plate"
    ),
    "bike-shop": (
        "Drawing: a mechanic works on the back wheel of a red bike in a repair stand, "
        "with tools on the wall"
    ),
    "recording-studio": (
        "Drawing: 2 people at a mixing desk watch a singer at a microphone through the "
        "studio window"
    ),
    "building-site": (
        "Drawing: 2 people in hard hats hold a plan on a building site, as a crane lifts a fanlight"
    ),
    "law-office": (
        "Drawing: a solicitor shows a document to a client across a desk, in front of a "
        "tall arched window"
    ),
    "design-studio": (
        "Drawing: a designer works at a computer while a colleague holds up a fan of "
        "colour swatches"
    ),
    "cleaning-team": (
        "Drawing: 2 cleaners in an entrance hall, one with a mop and one with a trolley"
    ),
    "kings-cross": (
        "Drawing: a narrowboat on a canal passes gasholder frames, a brick warehouse and 2 cranes"
    ),
    "mentoring": (
        "Drawing: a young woman takes notes at a small table while an older man talks to her"
    ),
    "town-hall": (
        "Drawing: 5 people on the steps of a civic building with columns and green doors"
    ),
    "care-home": "Drawing: a carer hands a cup of tea to an older woman in an armchair",
    "workshop": (
        "Drawing: 2 joiners at a wooden bench: one planes a plank, the other steadies a "
        "new fanlight"
    ),
    "cafe": (
        "Drawing: 2 café staff behind a counter: one works the coffee machine, the other "
        "holds out a cup"
    ),
    "classroom": (
        "Drawing: a visitor shows a model of terraced houses to 3 pupils at a long table"
    ),
}

EXAMPLE_FIGURE = "Example figure"

ONE_YEAR_ON = "Islington Employment Commission – One Year On, report to Council"
ONE_YEAR_ON_DATE = "2015-12-03"
ONE_YEAR_ON_SHORT = "One Year On report, 3 December 2015"

CASE_STUDIES: list[dict] = [
    {
        "slug": "fanlight-foods",
        "title": "12 mentors, and better managers at the end of it",
        "employer_name": "Fanlight Foods",
        "employer_website": "",
        "sector": "Hospitality and catering",
        "size": "50-249",
        "district": "N1C",
        "is_example": True,
        "offers": [("mentor-a-young-person", True)],
        "partners": [],
        "tags": ["young people", "managers", "retention"],
        "summary": (
            "Fanlight Foods (example) asked for volunteers to mentor students. In the year "
            "that followed, the share of new managers who left fell from 30% to 20%."
        ),
        "results": [
            {
                "figure": "12",
                "label": "mentors, from the kitchen to finance",
                "period": "October 2023 to July 2024",
                "source": EXAMPLE_FIGURE,
            },
            {
                "figure": "20%",
                "label": "of new managers left in a year, down from 30%",
                "period": "2024, compared with 2023",
                "source": EXAMPLE_FIGURE,
            },
            {
                "figure": "3",
                "label": "students back for paid summer work",
                "period": "Summer 2024",
                "source": EXAMPLE_FIGURE,
            },
        ],
        "challenge": (
            "<p>Fanlight Foods has 85 staff and runs kitchens for offices and events near King’s "
            "Cross. It promoted good cooks to run small teams, and then lost them. In 2023, 3 of "
            "its 10 new managers left within a year.</p>"
            "<p>The head of people asked the leavers why. Most of them liked the food and the "
            "hours. They said that nobody had shown them how to coach anyone.</p>"
        ),
        "what_they_did": (
            "<p>The company joined the mentoring programme in October 2023. It asked for "
            "volunteers at a staff meeting and hoped for 4. 12 people came forward, from "
            "chefs to the finance team, and 7 of them were new managers.</p>"
            "<p>Each mentor did a 2-hour training session. After that, each met one student for 1 "
            "hour a month, in work time. Most meetings took place at the school. In March the "
            "students came to the kitchen, planned a menu and cooked it for the mentors.</p>"
            "<p>The mentors also met each other over lunch every 2 months. They talked about what "
            "had gone well and what had not.</p>"
        ),
        "what_changed": (
            "<ul><li>All 12 pairs met at least 8 times in 10 months.</li>"
            "<li>10 of the 12 students said they had a clearer plan for after school.</li>"
            "<li>3 students came back for paid summer work, and one of them now works there every "
            "Saturday.</li>"
            "<li>In the year that followed, 2 of 10 new managers left.</li></ul>"
            "<p>The company cannot prove that mentoring kept its managers. Those who mentored say "
            "that they now ask more questions before they give orders.</p>"
        ),
        "what_was_hard": (
            "<p>Kitchen shifts made fixed meeting times difficult. Before Christmas, 5 of the 12 "
            "pairs missed a meeting, and one student felt let down. The company had planned for "
            "quiet months only.</p>"
            "<p>In the second year mentors could swap shifts for a meeting, and a manager checked "
            "the rota a month ahead. Pairs then missed far fewer meetings.</p>"
        ),
        "advice": (
            "<p>Start with volunteers, not with a target. Write the time into the rota, and give "
            "one manager the job of checking it. Bring your mentors together a few times a "
            "year.</p>"
        ),
        "quotes": [
            {
                "text": (
                    "We thought we would be giving something back. We did not expect our own "
                    "managers to get so much out of it."
                ),
                "person": "Head of people",
                "role": "Runs hiring and training",
            },
            {
                "text": (
                    "My mentee asked why we do things the way we do. I did not have a good "
                    "answer, so we changed it."
                ),
                "person": "Mentor",
                "role": "Sous-chef",
            },
        ],
        "time_given": "12 hours a month in all",
        "started": (2023, 10),
        "image": "kitchen",
        "image_alt": PICTURES["kitchen"],
        "basis": "employer-approval",
        "source_title": "",
        "source_on": None,
        "source_url": "",
        "features_councillor": False,
    },
    {
        "slug": "kings-cross-jobs",
        "title": "108 Islington residents in jobs at King’s Cross in 11 months",
        "employer_name": "King’s Cross redevelopment",
        "employer_website": "",
        "sector": "Construction and property",
        "size": "",
        "district": "N1C",
        "is_example": False,
        "offers": [("recruit-locally", True)],
        "partners": ["kx-recruit"],
        "tags": ["local hiring"],
        "summary": (
            "From January to November 2015, 108 Islington residents got jobs at the King’s Cross "
            "redevelopment. In 2014 the number was 51."
        ),
        "results": [
            {
                "figure": "108",
                "label": "Islington residents in jobs at the redevelopment",
                "period": "January to November 2015",
                "source": ONE_YEAR_ON_SHORT,
            },
            {
                "figure": "51",
                "label": "Islington residents in jobs there in the year before",
                "period": "2014",
                "source": ONE_YEAR_ON_SHORT,
            },
            {
                "figure": "40%",
                "label": "of KX Recruit opportunities went to Islington residents",
                "period": "2015",
                "source": ONE_YEAR_ON_SHORT,
            },
        ],
        "challenge": (
            "<p>In June 2014, 70.5% of working-age people in Islington were in work. In September "
            "of that year, 1,365 people had claimed Jobseeker’s Allowance for more than a year. "
            "They were 30% of all claimants. These figures come from Islington’s Cooperative "
            "Commitment of 2014/15.</p>"
            "<p>Raising the employment rate was one of the council’s aims. The Islington "
            "Employment Commission was launched in November 2014.</p>"
        ),
        "what_they_did": (
            "<p>KX Recruit recruits for the King’s Cross development and the area around it. The "
            "Business Engagement Leadership Group brings together those who work with "
            "employers.</p>"
            "<p>In 2015 the chair of the group was John Nugent. He was director of Green and "
            "Fortune, a King’s Cross catering company.</p>"
        ),
        "what_changed": (
            "<p>From January to November 2015, 108 Islington residents got jobs at the "
            "redevelopment. The number for 2014 was 51, so it more than doubled before the year "
            "had ended.</p>"
            "<p>In 2015, 40% of the opportunities recruited through KX Recruit went to Islington "
            "residents. This includes opportunities nearby.</p>"
            "<p>These figures come from a report to Council of 3 December 2015. They are a record "
            "of that year, and they do not describe jobs at King’s Cross today.</p>"
        ),
        "what_was_hard": "",
        "advice": "",
        "quotes": [],
        "time_given": "",
        "started": None,
        "image": "kings-cross",
        "image_alt": PICTURES["kings-cross"],
        "basis": "published-source",
        "source_title": ONE_YEAR_ON,
        "source_on": ONE_YEAR_ON_DATE,
        "source_url": "",
        "features_councillor": False,
    },
    {
        "slug": "towpath-spokes",
        "title": "How a bike shop filled 3 jobs from within a mile",
        "employer_name": "Towpath Spokes",
        "employer_website": "",
        "sector": "Retail",
        "size": "1-9",
        "district": "N1",
        "is_example": True,
        "offers": [("recruit-locally", True)],
        "partners": [],
        "tags": ["local hiring", "first jobs", "small business"],
        "summary": (
            "A bike shop with 6 staff needed 3 more before the summer. It found all 3 within a "
            "mile of the shop, and paid no agency."
        ),
        "results": [
            {
                "figure": "3",
                "label": "jobs filled by people who live within a mile",
                "period": "March to May 2024",
                "source": EXAMPLE_FIGURE,
            },
            {
                "figure": "19 days",
                "label": "from the enquiry to the last job offer",
                "period": "Spring 2024",
                "source": EXAMPLE_FIGURE,
            },
        ],
        "challenge": (
            "<p>Towpath Spokes sells and repairs bikes beside the canal. Repairs doubled in 2 "
            "years, and customers waited 12 days for a service. The owner needed a mechanic and 2 "
            "people for the counter before the summer.</p>"
            "<p>An online advert brought 140 replies in a weekend. Most came from people who "
            "lived more than an hour away. The owner stopped reading after 40 of them, late on a "
            "Sunday night.</p>"
        ),
        "what_they_did": (
            "<p>The owner sent an enquiry through this website. Then he wrote down what each job "
            "really needed. Only one of them needed a trained mechanic. The other 2 needed people "
            "who were on time and liked to talk.</p>"
            "<p>The shop wrote 2 short adverts with the pay, the hours and the words “no "
            "experience needed”. It invited 7 local people. Each of them spent 2 paid "
            "hours in the shop, fixed a puncture and served a customer.</p>"
            "<p>The owner hired 3 people. All of them lived within a mile of the shop, and 2 of "
            "them had been out of work for more than a year.</p>"
        ),
        "what_changed": (
            "<ul><li>The shop filled all 3 jobs in 19 days.</li>"
            "<li>Waiting time for a service fell from 12 days to 4 by June.</li>"
            "<li>After a year, 2 of the 3 people were still in the job.</li></ul>"
            "<p>One of the 2 counter staff began to train as a mechanic in the autumn. She now "
            "does a third of the repairs.</p>"
        ),
        "what_was_hard": (
            "<p>The third person left after 5 weeks. He needed fixed days for a family reason and "
            "had not said so, because nobody had asked. The shop filled the job again, but it "
            "lost 2 busy weekends.</p>"
            "<p>Training took more time than the owner had planned. For the first month he did "
            "his own repairs after closing time.</p>"
        ),
        "advice": (
            "<p>Write down what the job needs on a normal Tuesday, and leave out the rest. Pay "
            "people for a trial. Ask everyone, in the same words, which days they can work.</p>"
        ),
        "quotes": [
            {
                "text": (
                    "I was looking for 3 mechanics. I needed one mechanic and 2 people who like "
                    "people."
                ),
                "person": "Owner",
                "role": "Runs the shop and the workshop",
            }
        ],
        "time_given": "About 14 hours in all",
        "started": (2024, 3),
        "image": "bike-shop",
        "image_alt": PICTURES["bike-shop"],
        "basis": "employer-approval",
        "source_title": "",
        "source_on": None,
        "source_url": "",
        "features_councillor": False,
    },
    {
        "slug": "penton-reel-records",
        "title": "4-day roles brought 5 times as many applicants",
        "employer_name": "Penton Reel Records",
        "employer_website": "",
        "sector": "Creative and digital",
        "size": "10-49",
        "district": "N1",
        "is_example": True,
        "offers": [("hire-flexibly", True)],
        "partners": [],
        "tags": ["flexible hours", "parents", "local hiring"],
        "summary": (
            "A record company advertised 2 posts as 4-day or full-time jobs. It had 90 "
            "applicants, compared with 18 for the same posts before."
        ),
        "results": [
            {
                "figure": "90",
                "label": "applicants for 2 posts, up from 18",
                "period": "2024, compared with 2022",
                "source": EXAMPLE_FIGURE,
            },
            {
                "figure": "9 in 24",
                "label": "staff now work less than 5 days a week",
                "period": "March 2025",
                "source": EXAMPLE_FIGURE,
            },
        ],
        "challenge": (
            "<p>Penton Reel Records has 24 staff and a recording studio near Angel. In 2022 it "
            "advertised 2 posts, in royalties and in marketing. It had 18 applicants and filled "
            "one post. The other stayed empty for 5 months.</p>"
            "<p>Both posts were full-time, with 5 days in the office. The company had never asked "
            "why. The person who did royalties before had been full-time, so the advert said "
            "full-time.</p>"
        ),
        "what_they_did": (
            "<p>When both posts were empty again in 2024, the company asked for advice on "
            "flexible hiring. It listed the tasks of each post and the hours they took. The "
            "royalties work filled 4 days, with a busy fortnight every 3 months. The marketing "
            "work depended on release dates, not on Mondays to Fridays.</p>"
            "<p>The new advert said 4 days or full-time, with start times between 8am and 11am. "
            "It named the 2 days when everyone is in. It also said that the pay for 4 days was "
            "80% of the full salary, and gave the amount.</p>"
        ),
        "what_changed": (
            "<p>The company had 90 applicants and met 12 of them. It filled both posts in 6 weeks. "
            "A mother of 2 with 10 years in banking took the royalties post, and would not have "
            "applied for 5 days. She lives a short bus ride away.</p>"
            "<p>Staff who already worked there asked for the same choice. By March 2025, 9 of the "
            "24 worked less than 5 days a week. The company has advertised all later jobs in this "
            "way.</p>"
        ),
        "what_was_hard": (
            "<p>Some artists and their managers expected an answer on every day of the week. In "
            "the first months, messages sent on Fridays waited until Monday, and one campaign "
            "started late.</p>"
            "<p>Full-time colleagues also took on calls for those who were away, and 2 of them "
            "complained. The company then made a shared list of who answers what on which day. "
            "That worked, but it should have come first.</p>"
        ),
        "advice": (
            "<p>List the tasks before you write the advert. Say the pay, the days and the limits "
            "in plain numbers. Talk to the staff you have before the first new person starts.</p>"
        ),
        "quotes": [
            {
                "text": (
                    "We had advertised a habit, not a job. When we counted the hours, 4 days was "
                    "enough."
                ),
                "person": "Operations director",
                "role": "Responsible for staff and finance",
            }
        ],
        "time_given": "About 16 hours for 2 posts",
        "started": (2024, 4),
        "image": "recording-studio",
        "image_alt": PICTURES["recording-studio"],
        "basis": "employer-approval",
        "source_title": "",
        "source_on": None,
        "source_url": "",
        "features_councillor": False,
    },
    {
        "slug": "holloway-build",
        "title": "From school visit to site manager in 6 years",
        "employer_name": "Holloway Build",
        "employer_website": "",
        "sector": "Construction and property",
        "size": "50-249",
        "district": "N7",
        "is_example": True,
        "offers": [("take-on-an-apprentice", True), ("visit-a-school", False)],
        "partners": [],
        "tags": ["apprentices", "schools", "young people"],
        "summary": (
            "A student met Holloway Build in a maths lesson. She now runs one of its "
            "sites, and 14 more local apprentices have followed."
        ),
        "results": [
            {
                "figure": "15",
                "label": "local apprentices taken on",
                "period": "2019 to 2024",
                "source": EXAMPLE_FIGURE,
            },
            {
                "figure": "11",
                "label": "of them still work for the company",
                "period": "December 2024",
                "source": EXAMPLE_FIGURE,
            },
        ],
        "challenge": (
            "<p>Holloway Build repairs and converts homes, and has 140 staff. In 2017 it counted "
            "who would retire within 10 years. The answer was 1 in 3 of its site managers, and "
            "nobody was in training to follow them.</p>"
            "<p>Its adverts for apprentices brought few replies from Islington. When the company "
            "asked local teenagers about building work, they thought of mud and lifting. None of "
            "them mentioned planning, surveying or managing people.</p>"
        ),
        "what_they_did": (
            "<p>In 2018 a site manager began to visit 2 schools each term. She took real drawings "
            "into maths lessons. Students worked out how much of a roof one lorry could carry, and "
            "what a mistake would cost.</p>"
            "<p>The company also changed its apprenticeships. Each apprentice had a trade tutor "
            "and, for the first time, a second person to talk to. After the trade certificate, an "
            "apprentice could go on to a course in site management, paid by the company.</p>"
        ),
        "what_changed": (
            "<ul><li>The company took on 15 local apprentices from 2019 to 2024.</li>"
            "<li>By December 2024, 11 of them still worked there.</li>"
            "<li>5 of the 15 are women. In 2017 the company had no women in trade jobs.</li></ul>"
            "<p>One of the first 4 met the company in Year 11, in one of those maths lessons. She "
            "trained as a carpenter and then took the management course. Since 2024 she has run a "
            "site with 22 people.</p>"
        ),
        "what_was_hard": (
            "<p>The start was bad. In 2019 the company put 4 apprentices on sites where the "
            "manager had not asked for one, and 2 left before Christmas. One said that he had "
            "swept floors for 8 weeks.</p>"
            "<p>Since then a site manager has to apply for an apprentice and show a plan for the "
            "first 3 months. Some sites get none, and that has caused arguments.</p>"
        ),
        "advice": (
            "<p>Give an apprentice only to a manager who wants one. Plan the first 3 months week "
            "by week. Send your younger staff to the schools, because students believe them "
            "sooner.</p>"
        ),
        "quotes": [
            {
                "text": (
                    "I could do the maths. Nobody had told me that it was for anything until a "
                    "woman in boots drew a roof on the board."
                ),
                "person": "Site manager",
                "role": "Former apprentice",
            },
            {
                "text": "It takes 6 years to train a site manager. That is why we start at school.",
                "person": "Managing director",
                "role": "Leads the company",
            },
        ],
        "time_given": "About 30 hours a month in all",
        "started": (2018, 9),
        "image": "building-site",
        "image_alt": PICTURES["building-site"],
        "basis": "employer-approval",
        "source_title": "",
        "source_on": None,
        "source_url": "",
        "features_councillor": False,
    },
    {
        "slug": "big-alliance-mentoring",
        "title": "Mentoring by employers in 8 schools and colleges",
        "employer_name": "Employers in the BIG Alliance",
        "employer_website": "",
        "sector": "Other",
        "size": "",
        "district": "",
        "is_example": False,
        "offers": [("mentor-a-young-person", True), ("volunteer-as-a-team", False)],
        "partners": ["big-alliance", "city-and-islington-college"],
        "tags": ["young people", "schools", "volunteering"],
        "summary": (
            "In 2015 the mentoring programme of the BIG Alliance was in 8 schools and colleges. "
            "New funding was to bring it to every secondary school in Islington."
        ),
        "results": [
            {
                "figure": "8",
                "label": "schools and colleges in employer mentoring",
                "period": "2015",
                "source": ONE_YEAR_ON_SHORT,
            },
            {
                "figure": "10",
                "label": "secondary schools that funding was to reach",
                "period": "Planned in 2015",
                "source": ONE_YEAR_ON_SHORT,
            },
        ],
        "challenge": (
            "<p>Islington had 10 secondary schools in 2015, and City and Islington College with "
            "its Sixth Form Centre. Mentoring by employers was in 8 schools and colleges, so it "
            "did not yet reach all of them.</p>"
        ),
        "what_they_did": (
            "<p>BIG stands for Businesses for Islington Giving. The alliance runs mentoring in "
            "schools and colleges. It also runs staff volunteering, and it holds a meeting for "
            "employers every 3 months.</p>"
            "<p>In 2015 the mentoring programme was in 8 schools and colleges. It had funding "
            "from the Richard Reeves Foundation to go further. With that money it was to reach "
            "all 10 secondary schools, as well as City and Islington College.</p>"
        ),
        "what_changed": (
            "<p>In 2015, mentoring by employers was in 8 schools and colleges. The funding was to "
            "bring it to every secondary school in Islington.</p>"
            "<p>In October 2015 the meeting of the alliance was about employment. Timewise "
            "presented flexible hiring to the local employers who came.</p>"
            "<p>The figures come from a report to Council of 3 December 2015. They are a record "
            "of that year. You can read more "
            'about <a href="/partners/big-alliance/">the BIG Alliance</a>.</p>'
        ),
        "what_was_hard": "",
        "advice": "",
        "quotes": [],
        "time_given": "",
        "started": None,
        "image": "mentoring",
        "image_alt": PICTURES["mentoring"],
        "basis": "published-source",
        "source_title": ONE_YEAR_ON,
        "source_on": ONE_YEAR_ON_DATE,
        "source_url": "",
        "features_councillor": False,
    },
    {
        "slug": "essex-road-cleaning",
        "title": "Paying the London Living Wage won a contract for 3 years",
        "employer_name": "Essex Road Cleaning",
        "employer_website": "",
        "sector": "Construction and property",
        "size": "50-249",
        "district": "N1",
        "is_example": True,
        "offers": [("pay-the-london-living-wage", True)],
        "partners": [],
        "tags": ["fair pay", "retention", "bids and contracts"],
        "summary": (
            "A cleaning company raised pay for 60 people in 2 stages. Fewer people left, and a "
            "school group chose it for a contract of 3 years."
        ),
        "results": [
            {
                "figure": "22%",
                "label": "of cleaners left in a year, down from 48%",
                "period": "2024, compared with 2022",
                "source": EXAMPLE_FIGURE,
            },
            {
                "figure": "3 years",
                "label": "contract won with the new rate in the bid",
                "period": "From April 2024",
                "source": EXAMPLE_FIGURE,
            },
        ],
        "challenge": (
            "<p>Essex Road Cleaning has 60 staff and cleans offices and schools. In 2022 almost "
            "half of its cleaners left within the year. The company hired someone new nearly every "
            "fortnight, and each start cost about 2 days of a supervisor’s time.</p>"
            "<p>Customers noticed the new faces. 2 of them said they would look for another "
            "company. The owners thought that they could not pay more, because customers choose "
            "by price.</p>"
        ),
        "what_they_did": (
            "<p>The owners worked out what leaving cost them, and then what the London Living Wage "
            "would cost. The difference was smaller than they had thought, but it was real.</p>"
            "<p>They went in 2 stages. In January 2023 they paid the rate at 5 sites where the "
            "customer agreed to share the cost. In January 2024 they paid it to everyone. They "
            "wrote to each customer 4 months ahead, with the sums on one page.</p>"
            "<p>They also gave most staff one longer shift a day in place of 2 short ones.</p>"
        ),
        "what_changed": (
            "<p>In 2024, 22% of cleaners left, compared with 48% in 2022. The company spent 3 "
            "working weeks less on training new starters. Days lost to sickness fell a little.</p>"
            "<p>In spring 2024 a group of schools chose the company for 3 years. The bid was not "
            "the cheapest. It named the hourly rate, the shift pattern and the number of people "
            "who had stayed.</p>"
        ),
        "what_was_hard": (
            "<p>The company lost 2 customers who did not accept the new price. For 5 months it "
            "made almost no profit.</p>"
            "<p>The owners also forgot the supervisors. With the new rate, a supervisor earned "
            "only a few pence an hour more than a cleaner. 3 of them asked for a meeting in "
            "the same week. The company raised their pay 2 months later than it should have.</p>"
        ),
        "advice": (
            "<p>Work out what it costs you when people leave. Tell customers early and show them "
            "the sums. Plan the pay of supervisors at the same time as the pay of cleaners.</p>"
        ),
        "quotes": [
            {
                "text": (
                    "We had always asked what the wage would cost. We had never asked what the "
                    "leaving cost."
                ),
                "person": "Co-owner",
                "role": "Looks after customers and bids",
            }
        ],
        "time_given": "About 40 hours of planning",
        "started": (2023, 1),
        "image": "cleaning-team",
        "image_alt": PICTURES["cleaning-team"],
        "basis": "employer-approval",
        "source_title": "",
        "source_on": None,
        "source_url": "",
        "features_councillor": False,
    },
    {
        "slug": "type-street-studio",
        "title": "A work experience week that 16 students helped to design",
        "employer_name": "Type Street Studio",
        "employer_website": "",
        "sector": "Creative and digital",
        "size": "10-49",
        "district": "EC1",
        "is_example": True,
        "offers": [("offer-work-experience", True)],
        "partners": [],
        "tags": ["young people", "schools", "small business"],
        "summary": (
            "A design studio with 14 staff asked each work experience student to improve the week "
            "for the next one. After 4 years it has a plan that works."
        ),
        "results": [
            {
                "figure": "16",
                "label": "students in placements of 1 week",
                "period": "2021 to 2024",
                "source": EXAMPLE_FIGURE,
            },
            {
                "figure": "2",
                "label": "of them hired as junior designers",
                "period": "2024 and 2025",
                "source": EXAMPLE_FIGURE,
            },
        ],
        "challenge": (
            "<p>Type Street Studio designs books and signs. Every summer it gave a week of work "
            "experience to the children of clients and friends. The students sat beside a "
            "designer and watched a screen. Staff found the week tiring, and the students found "
            "it dull.</p>"
            "<p>The studio also wanted to hire people who knew Islington. Nobody in the team of "
            "14 had gone to a local school.</p>"
        ),
        "what_they_did": (
            "<p>In 2021 the studio stopped giving places to people it knew. It offered 4 places a "
            "year to students of local schools, in 4 different weeks.</p>"
            "<p>It gave the first student a simple brief: design a better week for the next "
            "person. She asked for one real task, lunch with a different colleague each day, and "
            "an end to the photocopying. Every student since then has changed one thing.</p>"
            "<p>Now a student spends Monday asking questions and Tuesday to Thursday on a small "
            "job for a charity. On Friday the student presents it to the whole studio.</p>"
        ),
        "what_changed": (
            "<p>From 2021 to 2024, 16 students came. All 16 finished the week with a piece of work "
            "to show. The studio later hired 2 of them as junior designers, one straight from "
            "college.</p>"
            "<p>The studio changed too. Presenting on Fridays worked so well that designers began "
            "to show each other their own unfinished work. The written plan for the week is now "
            "also the plan for any new starter.</p>"
        ),
        "what_was_hard": (
            "<p>One placement went wrong. The student’s supervisor was ill, nobody had taken over, "
            "and the student spent 2 days alone with a book. He told the studio so in his review. "
            "There are now always 2 named supervisors.</p>"
            "<p>It also takes real time. In the 4 weeks with a student, one designer does about a "
            "day less paid work.</p>"
        ),
        "advice": (
            "<p>Ask students what to change, and then change it. Give them one real task with an "
            "end. Always name a second person, in case the first is away.</p>"
        ),
        "quotes": [
            {
                "text": (
                    "The best plan we have for a new starter was written by people who were with "
                    "us for 5 days."
                ),
                "person": "Studio manager",
                "role": "Plans the placements",
            }
        ],
        "time_given": "About 10 hours for each placement",
        "started": (2021, 6),
        "image": "design-studio",
        "image_alt": PICTURES["design-studio"],
        "basis": "employer-approval",
        "source_title": "",
        "source_on": None,
        "source_url": "",
        "features_councillor": False,
    },
    {
        "slug": "amwell-legal",
        "title": "7 apprentices in 4 years, 5 of them mentored here first",
        "employer_name": "Amwell Legal",
        "employer_website": "",
        "sector": "Professional and legal services",
        "size": "250-plus",
        "district": "EC1",
        "is_example": True,
        "offers": [("mentor-a-young-person", True), ("take-on-an-apprentice", False)],
        "partners": [],
        "tags": ["young people", "apprentices", "local hiring"],
        "summary": (
            "A law firm with 320 staff mentored students for years and hired none of them. Then it "
            "opened an apprenticeship, and 5 mentees have taken it."
        ),
        "results": [
            {
                "figure": "5 in 7",
                "label": "apprentices had a mentor at the firm before",
                "period": "2021 to 2025",
                "source": EXAMPLE_FIGURE,
            },
            {
                "figure": "26",
                "label": "mentors from every department",
                "period": "October 2024 to July 2025",
                "source": EXAMPLE_FIGURE,
            },
        ],
        "challenge": (
            "<p>Amwell Legal had mentored students since 2016. Staff liked it, and students wrote "
            "warm letters. In 2020 a senior lawyer asked how many of them had later worked at the "
            "firm. The answer was none.</p>"
            "<p>The reason was simple. The firm hired graduates for legal jobs and asked for 2 "
            "years of experience in office jobs. There was no job that a student of 18 could "
            "apply for.</p>"
        ),
        "what_they_did": (
            "<p>In 2021 the firm created 2 apprenticeships a year, one in legal work and one in "
            "finance. It removed the rule on exam grades, and asked applicants to do a short task "
            "in its place.</p>"
            "<p>It also changed the mentoring. Mentors come from every department, not only from "
            "among the lawyers. In February each student spends a day at the firm with someone of "
            "about their own age. In April mentors explain how to apply, whether or not the "
            "student wants to be a lawyer.</p>"
            "<p>Mentors take no part in choosing apprentices. That keeps the choice fair.</p>"
        ),
        "what_changed": (
            "<p>The firm has taken on 7 apprentices since 2021, and 5 of them had a mentor there "
            "while at school or college. One has finished and works in the finance team. The "
            "others are still in training.</p>"
            "<p>The number of mentors has grown from 9 to 26. In the staff survey of 2024, mentors "
            "were more likely than other staff to say that they would stay.</p>"
        ),
        "what_was_hard": (
            "<p>Some senior lawyers did not want to drop the rule on grades. They agreed to "
            "a trial of 2 years, with the results on paper. The first apprentice needed extra time "
            "for one exam, and the doubts came back.</p>"
            "<p>2 students who were not chosen felt misled. They had believed that a mentor "
            "meant a job. Mentors now say in the first meeting that it does not.</p>"
        ),
        "advice": (
            "<p>Before you mentor, check that there is a job your mentee could apply for. If there "
            "is none, create one or say so. Keep mentors out of the decision.</p>"
        ),
        "quotes": [
            {
                "text": (
                    "For 5 years we told students they could work anywhere. We had not noticed "
                    "that they could not work here."
                ),
                "person": "Senior lawyer",
                "role": "Responsible for early careers",
            },
            {
                "text": "My mentor worked in the post room and knew everyone. So did I by Easter.",
                "person": "Finance apprentice",
                "role": "Former mentee",
            },
        ],
        "time_given": "26 hours a month in all",
        "started": (2016, 10),
        "image": "law-office",
        "image_alt": PICTURES["law-office"],
        "basis": "employer-approval",
        "source_title": "",
        "source_on": None,
        "source_url": "",
        "features_councillor": False,
    },
    {
        "slug": "thornhill-lantern-care",
        "title": "Shorter shifts and a new role filled 4 jobs in a care home",
        "employer_name": "Thornhill Lantern Care",
        "employer_website": "",
        "sector": "Health and social care",
        "size": "50-249",
        "district": "N1",
        "is_example": True,
        "offers": [
            ("open-a-job-to-someone-who-faces-barriers", True),
            ("hire-flexibly", False),
        ],
        "partners": [],
        "tags": ["health and disability", "flexible hours", "retention"],
        "summary": (
            "A care home moved tasks between posts and made a new role with shorter shifts. 4 "
            "people who had been out of work for years took it."
        ),
        "results": [
            {
                "figure": "4",
                "label": "people hired after more than 2 years out of work",
                "period": "September 2023 to June 2024",
                "source": EXAMPLE_FIGURE,
            },
            {
                "figure": "35%",
                "label": "less spent on agency staff",
                "period": "2024, compared with 2022",
                "source": EXAMPLE_FIGURE,
            },
        ],
        "challenge": (
            "<p>Thornhill Lantern Care looks after 62 older people and has 110 staff. In 2022 it "
            "could not fill 9 care posts. Agency staff filled the gaps, cost more and did not know "
            "the residents.</p>"
            "<p>Care workers said they spent a third of a shift on other things. They laid tables, "
            "sorted laundry and answered the door. The part they were trained for had to be "
            "rushed.</p>"
        ),
        "what_they_did": (
            "<p>A friend of the manager, who runs a hotel, spent a morning in the home. She wrote "
            "down every task, minute by minute. The manager then moved the tasks that need no care "
            "training into a new post: the lounge host. Hosts lay tables, bring drinks, sort "
            "laundry and sit with people who want company.</p>"
            "<p>The home offered shifts of 4 hours in place of 12. It replaced the application "
            "form with a visit and a working interview of 2 hours.</p>"
            "<p>Of the 4 people hired, 3 have a long-term mental health condition and one has a "
            "learning disability. Each agreed a short written plan that says what helps on a bad "
            "day. All 4 agreed to be part of this case study.</p>"
        ),
        "what_changed": (
            "<ul><li>4 hosts started between September 2023 and June 2024. All 4 were still there "
            "after a year.</li>"
            "<li>Care workers gained about 90 minutes in each shift for care.</li>"
            "<li>The home spent 35% less on agency staff in 2024 than in 2022.</li></ul>"
            "<p>One host asked for more, trained in the evenings and became a care worker. 2 "
            "care workers who had planned to leave now work the shorter shifts.</p>"
        ),
        "what_was_hard": (
            "<p>Some staff thought the hosts had the nice part of the job. For the first 2 months "
            "there was bad feeling, mostly at breakfast. The manager had announced the new post "
            "by e-mail, and says now that she should have met each shift.</p>"
            "<p>The rota also became harder. With short shifts there are more names and more "
            "swaps, and the deputy manager needs 3 hours more each week.</p>"
        ),
        "advice": (
            "<p>Let someone from outside watch the work and write it down. Explain the new post to "
            "every shift in person. Ask people what helps them, write it down and use it.</p>"
        ),
        "quotes": [
            {
                "text": (
                    "We were not short of people. We were short of people who could do all of it "
                    "for 12 hours."
                ),
                "person": "Registered manager",
                "role": "Runs the home",
            },
            {
                "text": "Nobody looked at the gap in my CV. They looked at how I poured the tea.",
                "person": "Lounge host",
                "role": "In the post since 2023",
            },
        ],
        "time_given": "About 25 hours to set up",
        "started": (2023, 9),
        "image": "care-home",
        "image_alt": PICTURES["care-home"],
        "basis": "employer-approval",
        "source_title": "",
        "source_on": None,
        "source_url": "",
        "features_councillor": False,
    },
    {
        "slug": "brewery-road-instruments",
        "title": "From one physics lesson to 9 school visits and 2 trainees",
        "employer_name": "Brewery Road Instruments",
        "employer_website": "",
        "sector": "Manufacturing and logistics",
        "size": "10-49",
        "district": "N7",
        "is_example": True,
        "offers": [("visit-a-school", True), ("offer-work-experience", False)],
        "partners": [],
        "tags": ["schools", "young people", "first jobs"],
        "summary": (
            "A workshop that makes measuring instruments took a broken one into a physics lesson. "
            "Visits are now part of each term, and 2 students have come to train."
        ),
        "results": [
            {
                "figure": "9",
                "label": "visits to 3 local schools",
                "period": "2022 to 2025",
                "source": EXAMPLE_FIGURE,
            },
            {
                "figure": "240",
                "label": "students in the lessons",
                "period": "2022 to 2025",
                "source": EXAMPLE_FIGURE,
            },
            {
                "figure": "2",
                "label": "students hired as trainee technicians",
                "period": "2024 and 2025",
                "source": EXAMPLE_FIGURE,
            },
        ],
        "challenge": (
            "<p>Brewery Road Instruments has 38 staff and makes instruments that measure gas and "
            "water. People walk past the building every day and do not know what happens inside. "
            "When the company advertised for trainees, nobody from Islington applied.</p>"
            "<p>Its engineers were willing to talk in schools, but shy. Their first talk, with 50 "
            "slides, had ended with no questions at all.</p>"
        ),
        "what_they_did": (
            "<p>A physics teacher suggested that they leave the slides at home. In 2022, 2 "
            "engineers took a broken flow meter and a bucket of water into a lesson. The class had "
            "40 minutes to find out why the reading was wrong.</p>"
            "<p>The company now visits once a term and takes turns between 3 schools. A different "
            "pair goes each time, one engineer and one person from assembly. The teacher chooses "
            "the topic, so that the visit fits the lesson.</p>"
            "<p>Each summer 4 students who liked the visit come for a week of work experience.</p>"
        ),
        "what_changed": (
            "<p>By 2025 the company had made 9 visits and met about 240 students. It had hosted 12 "
            "of them for a week. 2 of the 12 applied for trainee posts when they left school, "
            "and both were hired.</p>"
            "<p>There was an effect inside the company as well. To explain the meter to a class, "
            "the engineers had to explain it to assembly staff first. One assembly worker saw why "
            "a seal kept failing. The repair is now part of the design.</p>"
        ),
        "what_was_hard": (
            "<p>School timetables and factory orders do not fit well. 2 visits had to move at "
            "short notice, once because of the company and once because of an exam. The teacher "
            "was kind about it, but a class had prepared for nothing.</p>"
            "<p>The company also misjudged the level once. The problem was too easy, and the class "
            "finished in 10 minutes. Now the teacher sees the problem a week before.</p>"
        ),
        "advice": (
            "<p>Take an object and a problem, not slides. Send someone from the workshop as well "
            "as an engineer. Fix the dates for the whole year in July.</p>"
        ),
        "quotes": [
            {
                "text": (
                    "They asked better questions than our customers do. One of them asked if she "
                    "could come back on Monday."
                ),
                "person": "Design engineer",
                "role": "Visits schools twice a year",
            }
        ],
        "time_given": "About 3 hours for each visit",
        "started": (2022, 11),
        "image": "workshop",
        "image_alt": PICTURES["workshop"],
        "basis": "employer-approval",
        "source_title": "",
        "source_on": None,
        "source_url": "",
        "features_councillor": False,
    },
    {
        "slug": "quill-and-bramble-accountants",
        "title": "60 practice interviews for 40 students in 2 afternoons",
        "employer_name": "Quill and Bramble Accountants",
        "employer_website": "",
        "sector": "Professional and legal services",
        "size": "50-249",
        "district": "EC1",
        "is_example": True,
        "offers": [("volunteer-as-a-team", True)],
        "partners": [],
        "tags": ["volunteering", "young people", "managers"],
        "summary": (
            "An accountancy firm gave up its team-building day. Instead, 20 of its staff held "
            "practice interviews for 40 college students."
        ),
        "results": [
            {
                "figure": "40",
                "label": "students had a practice interview",
                "period": "February and March 2025",
                "source": EXAMPLE_FIGURE,
            },
            {
                "figure": "31",
                "label": "said they felt more ready for a real one",
                "period": "Survey, March 2025",
                "source": EXAMPLE_FIGURE,
            },
        ],
        "challenge": (
            "<p>Quill and Bramble has 75 staff. Each year it spent a day and a large sum on team "
            "building. In the survey afterwards, most people said they would rather do something "
            "useful.</p>"
            "<p>The firm had a second problem. Young managers had to interview trainees, and none "
            "of them had been taught how. Candidates complained that the interviews were cold and "
            "all different.</p>"
        ),
        "what_they_did": (
            "<p>The firm asked which local service could use 20 people for an afternoon. A college "
            "wanted practice interviews for students who would soon apply for jobs and "
            "courses.</p>"
            "<p>All 20 volunteers had an hour of training first, on open questions and on fair "
            "feedback. They then worked in pairs. One asked questions, the other took notes. Each "
            "student had 25 minutes of interview and 15 minutes of feedback, with 3 points on "
            "paper to take away.</p>"
            "<p>There were 2 afternoons, a month apart. Half of the 40 students came to both.</p>"
        ),
        "what_changed": (
            "<p>In the survey, 31 of the 40 students said that they felt more ready for a real "
            "interview. Of the 20 who came twice, 17 did better the second time. The volunteers "
            "scored them on the same 5 points.</p>"
            "<p>The firm has used the same 5 points in its own interviews since then. It plans 2 "
            "afternoons every year and has not gone back to the old team day.</p>"
        ),
        "what_was_hard": (
            "<p>9 students did not come to the first afternoon. It was on the day of a mock "
            "exam, and nobody had checked the college calendar. Volunteers sat and waited, and "
            "some were annoyed.</p>"
            "<p>Some of the first feedback was too hard. One student left in tears. The firm "
            "changed the training before the second afternoon. Volunteers now begin with what went "
            "well.</p>"
        ),
        "advice": (
            "<p>Agree the date with the college before you tell your staff. Train volunteers to "
            "give feedback, even if they interview people for a living. Come twice, because the "
            "second time is when people improve.</p>"
        ),
        "quotes": [
            {
                "text": (
                    "I have interviewed for 6 years. That was the first time anyone told me how I "
                    "come across."
                ),
                "person": "Audit manager",
                "role": "Volunteer",
            }
        ],
        "time_given": "About 180 hours in all, once a year",
        "started": (2025, 2),
        "image": "classroom",
        "image_alt": PICTURES["classroom"],
        "basis": "employer-approval",
        "source_title": "",
        "source_on": None,
        "source_url": "",
        "features_councillor": False,
    },
    {
        "slug": "council-timewise",
        "title": "Islington Council became a Timewise Council in July 2015",
        "employer_name": "Islington Council",
        "employer_website": "https://www.islington.gov.uk",
        "sector": "Public sector",
        "size": "",
        "district": "N1",
        "is_example": False,
        "offers": [("hire-flexibly", True)],
        "partners": ["timewise"],
        "tags": ["flexible hours"],
        "summary": (
            "In July 2015 Islington Council was accredited as a Timewise Council for flexible "
            "working. In October, Timewise presented flexible hiring to local employers."
        ),
        "results": [
            {
                "figure": "2015",
                "label": "accredited as a Timewise Council for flexible working",
                "period": "July 2015",
                "source": ONE_YEAR_ON_SHORT,
            },
        ],
        "challenge": (
            "<p>In June 2014, 70.5% of working-age people in Islington were in work. In the same "
            "year, 12,600 people claimed sickness and disability benefits. At the time this was "
            "the highest rate in London. Both figures come from Islington’s Cooperative "
            "Commitment of 2014/15.</p>"
            "<p>The council set a target to lower that number by 2,660 by March 2019. It also "
            "promised employers a single point of contact.</p>"
        ),
        "what_they_did": (
            "<p>Timewise has a model of flexible hiring, and it accredits organisations. The "
            "council was accredited as a Timewise Council, for flexible working, in July "
            "2015.</p>"
            "<p>In October 2015 the BIG Alliance gave its meeting for employers to the subject of "
            "employment. At that meeting Timewise presented flexible hiring to local employers.</p>"
        ),
        "what_changed": (
            "<p>From July 2015 the council was an accredited Timewise Council. In October of that "
            "year, local employers heard about flexible hiring from Timewise itself.</p>"
            "<p>The published source gives no number of jobs or people for this, so we give none. "
            "It is a report to Council of 3 December 2015 and a record of that year.</p>"
        ),
        "what_was_hard": "",
        "advice": "",
        "quotes": [],
        "time_given": "",
        "started": None,
        "image": "town-hall",
        "image_alt": PICTURES["town-hall"],
        "basis": "published-source",
        "source_title": ONE_YEAR_ON,
        "source_on": ONE_YEAR_ON_DATE,
        "source_url": "",
        "features_councillor": False,
    },
    {
        "slug": "saffron-bollard-cafe",
        "title": "5 cafés, one recruitment day and 11 new staff",
        "employer_name": "Saffron Bollard Café",
        "employer_website": "",
        "sector": "Hospitality and catering",
        "size": "10-49",
        "district": "N4",
        "is_example": True,
        "offers": [("join-a-sector-group", True), ("recruit-locally", False)],
        "partners": [],
        "tags": ["local hiring", "first jobs", "small business"],
        "summary": (
            "A café met 4 competitors in a sector group. They stopped hiring one by one, held one "
            "day together and filled 11 jobs between them."
        ),
        "results": [
            {
                "figure": "11",
                "label": "jobs filled in 5 cafés after one shared day",
                "period": "May 2024",
                "source": EXAMPLE_FIGURE,
            },
            {
                "figure": "8",
                "label": "of the 11 still in the job 6 months later",
                "period": "November 2024",
                "source": EXAMPLE_FIGURE,
            },
        ],
        "challenge": (
            "<p>Saffron Bollard Café has 18 staff near Finsbury Park. In summer it always needs 2 "
            "or 3 more. The owner advertised in the window, interviewed between orders, and often "
            "hired the first person who could start.</p>"
            "<p>Half of them left within 6 weeks. People took a job at the next café for a few "
            "pence more, or because the shifts were better. The other cafés had the same trouble "
            "and advertised in the same week.</p>"
        ),
        "what_they_did": (
            "<p>The owner joined the hospitality group in January 2024 and met 4 other café "
            "owners. They found that they all turned good people away, because their own shifts "
            "did not suit. Nobody passed those people on.</p>"
            "<p>In May they held one recruitment day in a church hall. Each café had a table. "
            "Visitors made a coffee, took an order and talked to at least 2 owners. The owners "
            "met at 4pm and worked out together who suited which shifts.</p>"
            "<p>They agreed not to talk about what each of them pays.</p>"
        ),
        "what_changed": (
            "<p>On the day, 46 people came, most of them from within 2 miles. The 5 cafés filled "
            "11 jobs, and 3 of them went to Saffron Bollard. After 6 months, 8 of the 11 people "
            "were still in the job.</p>"
            "<p>The owner spent 1 day on hiring, compared with about 5 days in the summer before. "
            "The group repeated the day in 2025, with 8 cafés.</p>"
        ),
        "what_was_hard": (
            "<p>Trust took time. At the first meeting nobody admitted to having problems. One "
            "owner was afraid of losing staff to the others, and 2 people did move.</p>"
            "<p>The day itself was too long. By 3pm people were leaving before they had met an "
            "owner. In 2025 the group gave each visitor a time to arrive.</p>"
        ),
        "advice": (
            "<p>Start with a problem that everybody has, such as summer weekends. Give visitors "
            "something to do with their hands. Decide who calls each person the next morning, and "
            "call them.</p>"
        ),
        "quotes": [
            {
                "text": (
                    "I sent a brilliant woman away because I had no mornings. The café across the "
                    "road had nothing else."
                ),
                "person": "Owner",
                "role": "Member of the hospitality group",
            }
        ],
        "time_given": "About 2 hours a month",
        "started": (2024, 1),
        "image": "cafe",
        "image_alt": PICTURES["cafe"],
        "basis": "employer-approval",
        "source_title": "",
        "source_on": None,
        "source_url": "",
        "features_councillor": False,
    },
    {
        "slug": "northfold-repairs",
        "title": "12 promises in a bid, 11 kept, and the contract renewed",
        "employer_name": "Northfold Repairs",
        "employer_website": "",
        "sector": "Construction and property",
        "size": "50-249",
        "district": "N19",
        "is_example": True,
        "offers": [
            ("add-social-value-to-a-council-contract", True),
            ("take-on-an-apprentice", False),
        ],
        "partners": [],
        "tags": ["bids and contracts", "apprentices", "local hiring"],
        "summary": (
            "A repairs company made 12 promises on local jobs and training. It kept 11, explained "
            "the one it missed, and had its contract renewed."
        ),
        "results": [
            {
                "figure": "11 in 12",
                "label": "promises kept over the contract",
                "period": "April 2022 to March 2025",
                "source": EXAMPLE_FIGURE,
            },
            {
                "figure": "17",
                "label": "local people hired, 4 of them as apprentices",
                "period": "April 2022 to March 2025",
                "source": EXAMPLE_FIGURE,
            },
        ],
        "challenge": (
            "<p>Northfold Repairs has 95 staff and fixes heating and plumbing for public "
            "landlords. In an earlier bid it had promised 20 apprentices. The number looked good, "
            "and nobody had asked the site teams. At the end it had taken on 3.</p>"
            "<p>In the meetings that followed, the company had no records and no explanation. It "
            "lost the contract, and it believed that this was one of the reasons.</p>"
        ),
        "what_they_did": (
            "<p>Before its next bid the company asked each team what it could do in 3 years. It "
            "chose 12 promises, each with a number, a date and a person. Examples were 4 "
            "apprentices, 12 weeks of work experience, and an interview for every local applicant "
            "who met the requirements.</p>"
            "<p>It took out 2 ideas that sounded good but that nobody wanted to own. It also gave "
            "each subcontractor one promise to keep.</p>"
            "<p>After it had won, the company met the partners who could help within a month. A "
            "contract assistant kept a simple list and sent it to everyone each quarter.</p>"
        ),
        "what_changed": (
            "<ul><li>11 of the 12 promises were kept by March 2025.</li>"
            "<li>17 local people got jobs, and 4 of them were apprentices.</li>"
            "<li>9 students had a week of work experience with a plumber.</li></ul>"
            "<p>The contract was renewed for 2 years. The company now uses the same list in every "
            "bid, and it takes half a day to fill in.</p>"
        ),
        "what_was_hard": (
            "<p>The promise it missed was work experience. It had planned 12 weeks and reached 9. "
            "Schools wanted placements in July, when half of the plumbers were on leave. The "
            "company told the contract manager a year before the end.</p>"
            "<p>One subcontractor never sent its figures. Northfold stopped working with it, which "
            "cost time in a busy winter.</p>"
        ),
        "advice": (
            "<p>Promise only what a named person has agreed to do. Keep one list from the first "
            "day. When you see that you will miss a number, say so early and bring a "
            "suggestion.</p>"
        ),
        "quotes": [
            {
                "text": (
                    "Our old bid had a big number and no name beside it. Now every number has a "
                    "name."
                ),
                "person": "Contracts director",
                "role": "Responsible for bids",
            }
        ],
        "time_given": "About 8 hours a month",
        "started": (2022, 4),
        "image": "building-site",
        "image_alt": PICTURES["building-site"],
        "basis": "employer-approval",
        "source_title": "",
        "source_on": None,
        "source_url": "",
        "features_councillor": False,
    },
    {
        "slug": "tallow-yard-nursery",
        "title": "A nursery with 22 staff trained 6 of them as apprentices",
        "employer_name": "Tallow Yard Nursery",
        "employer_website": "",
        "sector": "Education",
        "size": "10-49",
        "district": "N5",
        "is_example": True,
        "offers": [("take-on-an-apprentice", True), ("offer-work-experience", True)],
        "partners": [],
        "tags": ["apprentices", "first jobs", "parents"],
        "summary": (
            "A nursery could not find qualified staff. It began to train its own, and 6 of its 22 "
            "staff are now apprentices or former apprentices."
        ),
        "results": [
            {
                "figure": "6",
                "label": "staff trained as apprentices since 2020",
                "period": "2020 to 2025",
                "source": EXAMPLE_FIGURE,
            },
            {
                "figure": "0",
                "label": "days with a room closed, down from 14",
                "period": "2024, compared with 2019",
                "source": EXAMPLE_FIGURE,
            },
        ],
        "challenge": (
            "<p>Tallow Yard Nursery looks after 70 children under 5. In 2019 it had to close a "
            "room on 14 days, because it did not have enough qualified staff. Parents lost a day "
            "of work each time.</p>"
            "<p>The nursery advertised for trained people all year. Those who applied often lived "
            "far away, and the early shift starts at 7.30am. 3 people agreed to start and "
            "never came.</p>"
        ),
        "what_they_did": (
            "<p>In 2020 the manager decided to train people who already lived nearby. She began "
            "with work experience. Anyone over 16 could spend a week in the nursery before "
            "applying, so that they knew about the noise, the nappies and the paperwork.</p>"
            "<p>The first 2 apprentices were a school leaver and a mother of 3 who had been a "
            "parent helper. Each had a room leader as a tutor. The nursery paid the tutors a "
            "little more and gave them 2 hours a week without children.</p>"
        ),
        "what_changed": (
            "<p>By 2025 the nursery had trained 6 apprentices. 4 have qualified, and 2 are "
            "still in training. All 6 live within 2 miles, and nobody has missed the early shift "
            "because of a train.</p>"
            "<p>In 2024 no room had to close. The nursery has not paid an agency since 2022. 2 "
            "room leaders say that tutoring made them want to stay.</p>"
        ),
        "what_was_hard": (
            "<p>In the first year there were too few adults in the room when an apprentice was at "
            "college. An apprentice is not yet qualified and does not count in the same way. The "
            "nursery had to take on a part-time worker whom it had not planned for.</p>"
            "<p>One apprentice failed maths twice. She was good with children and close to giving "
            "up. A colleague helped her for an hour a week, and she passed the third time.</p>"
        ),
        "advice": (
            "<p>Let people try the work for a week before they apply. Pay your tutors for "
            "tutoring. Plan the college days before you plan anything else.</p>"
        ),
        "quotes": [
            {
                "text": (
                    "We spent a year looking for trained people. It takes about as long to train "
                    "one."
                ),
                "person": "Nursery manager",
                "role": "Runs the nursery",
            }
        ],
        "time_given": "About 16 hours a month in all",
        "started": (2020, 9),
        "image": "classroom",
        "image_alt": PICTURES["classroom"],
        "basis": "employer-approval",
        "source_title": "",
        "source_on": None,
        "source_url": "",
        "features_councillor": False,
    },
    {
        "slug": "kindling-row-advice",
        "title": "A charity with 8 staff filled 2 posts by changing the hours",
        "employer_name": "Kindling Row Advice",
        "employer_website": "",
        "sector": "Charity and community",
        "size": "1-9",
        "district": "N7",
        "is_example": True,
        "offers": [
            ("hire-flexibly", True),
            ("open-a-job-to-someone-who-faces-barriers", True),
        ],
        "partners": [],
        "tags": ["flexible hours", "parents", "small business"],
        "summary": (
            "A debt advice charity could not fill one full-time post. It made 2 posts in school "
            "hours and hired a parent and a man with an old conviction."
        ),
        "results": [
            {
                "figure": "2",
                "label": "posts filled, both by local people",
                "period": "September 2024",
                "source": EXAMPLE_FIGURE,
            },
            {
                "figure": "30%",
                "label": "more people advised each week",
                "period": "Spring 2025, compared with spring 2024",
                "source": EXAMPLE_FIGURE,
            },
        ],
        "challenge": (
            "<p>Kindling Row Advice helps people who are in debt. It had 6 staff and one empty "
            "post, full-time, from 9am to 5.30pm. It advertised 3 times in 7 months. The few "
            "people who fitted wanted higher pay than a small charity could offer.</p>"
            "<p>Most clients come between 10am and 2pm, when children are at school. In the late "
            "afternoon the office was almost empty.</p>"
        ),
        "what_they_did": (
            "<p>The charity split the post in 2. Both new posts were 18 hours a week, "
            "between 9.30am and 2.30pm, in school terms only. One was for advice, the other for "
            "calls, appointments and letters.</p>"
            "<p>It also looked at what it asked of people. The form had asked everyone about "
            "convictions on the first page. The charity moved the question to after the interview "
            "and asked only what the work needed. It replaced the degree with a test: read a "
            "letter from a lender and explain it in plain words.</p>"
        ),
        "what_changed": (
            "<p>There were 34 applicants, and 21 of them lived in Islington. The advice post went "
            "to a parent who had been at home for 8 years and had worked in a bank before. The "
            "other went to a man who had been refused office work because of a conviction from "
            "2011.</p>"
            "<p>In spring 2025 the charity advised 30% more people each week than a year before. "
            "There are 2 people in the busiest hours, where there had been one.</p>"
        ),
        "what_was_hard": (
            "<p>The trustees were worried about the conviction, and it took 2 meetings to agree. "
            "They wanted a rule for all cases. In the end they agreed on questions to ask each "
            "time, and on who decides.</p>"
            "<p>School holidays are a real gap. In August the other staff took more calls, and "
            "letters were late. For the next summer the charity agreed paid hours from home.</p>"
        ),
        "advice": (
            "<p>Look at when your customers come, and hire for those hours. Ask about convictions "
            "late, and only where it matters for the job. Decide who covers the holidays before "
            "you sign the contract.</p>"
        ),
        "quotes": [
            {
                "text": (
                    "For 7 months we looked for one person, and there was none. There were 2 "
                    "people who lived round the corner."
                ),
                "person": "Director",
                "role": "Leads the charity",
            }
        ],
        "time_given": "About 20 hours in all",
        "started": (2024, 6),
        "image": "mentoring",
        "image_alt": PICTURES["mentoring"],
        "basis": "employer-approval",
        "source_title": "",
        "source_on": None,
        "source_url": "",
        "features_councillor": False,
    },
    {
        "slug": "sparrow-yard-bakers",
        "title": "Higher pay in 14 shops, and 28% fewer people left",
        "employer_name": "Sparrow Yard Bakers",
        "employer_website": "",
        "sector": "Retail",
        "size": "250-plus",
        "district": "N7",
        "is_example": True,
        "offers": [("pay-the-london-living-wage", True), ("recruit-locally", False)],
        "partners": [],
        "tags": ["fair pay", "retention", "local hiring"],
        "summary": (
            "A bakery with 14 shops raised pay to the London Living Wage over 18 months. It paid "
            "for part of the rise by losing fewer people."
        ),
        "results": [
            {
                "figure": "28%",
                "label": "fewer people left their jobs in a year",
                "period": "2024, compared with 2022",
                "source": EXAMPLE_FIGURE,
            },
            {
                "figure": "190",
                "label": "people whose pay went up",
                "period": "October 2022 to April 2024",
                "source": EXAMPLE_FIGURE,
            },
        ],
        "challenge": (
            "<p>Sparrow Yard Bakers has 270 staff in a bakery and 14 shops. In 2022, 152 people "
            "left. Shop managers spent most of Monday on interviews, and in some shops the most "
            "senior person had been there for 4 months.</p>"
            "<p>The company paid a little over the legal minimum. In exit interviews people "
            "liked the work and the bread. They left because they could not pay their rent, and "
            "an extra shift was never certain.</p>"
        ),
        "what_they_did": (
            "<p>The board agreed to reach the London Living Wage in 3 steps over 18 months, "
            "starting in October 2022. The bakery’s night staff came first, the shops followed, "
            "and contract cleaners came last.</p>"
            "<p>To pay for it, the company raised prices by a small amount and dropped 9 products "
            "that sold badly. It also published shifts 3 weeks ahead.</p>"
            "<p>It told local employment advisers the exact hourly rate and asked them to pass it "
            "on. Each shop held 2 open mornings for people who live nearby.</p>"
        ),
        "what_changed": (
            "<p>Pay went up for 190 people. In 2024, 109 people left, which is 28% fewer than in "
            "2022. By the company’s own sums, lower costs for hiring and training paid for about "
            "a third of the rise.</p>"
            "<p>Half of the people hired in 2024 lived within 2 miles of the shop they work in. "
            "Fewer shifts started late, and 5 shop assistants became managers.</p>"
        ),
        "what_was_hard": (
            "<p>Customers complained about prices for some weeks, and sales fell by 2% before they "
            "came back. One shop was already weak and had to close. Its 8 staff moved to other "
            "shops.</p>"
            "<p>The middle step was unfair for a time. For 6 months a person in the bakery earned "
            "more than a person in a shop for the same skill. The company would now take 2 steps "
            "in place of 3.</p>"
        ),
        "advice": (
            "<p>Tell staff the whole plan and all the dates on the first day. Take as few steps as "
            "you can afford. Give people their shifts early, because certain hours are part of "
            "fair pay.</p>"
        ),
        "quotes": [
            {
                "text": (
                    "Some managers had never kept a full team for a year. They had to learn a "
                    "different job, and they liked it."
                ),
                "person": "Chief operating officer",
                "role": "Responsible for shops and pay",
            }
        ],
        "time_given": "About 60 hours of planning",
        "started": (2022, 10),
        "image": "kitchen",
        "image_alt": PICTURES["kitchen"],
        "basis": "employer-approval",
        "source_title": "",
        "source_on": None,
        "source_url": "",
        "features_councillor": False,
    },
]
