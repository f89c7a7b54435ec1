"""
The ways to get involved, in the order in which the site lists them.

Each entry becomes one offer page. Terms such as time and cost are drafts for the council to
confirm. No partner is named here: who runs an offer is said by `partners.OFFER_LINKS` alone.
`hours_per_month` is the employer's staff time in whole hours, in a month when the work happens.
"""

OFFERS: list[dict] = [
    {
        "slug": "mentor-a-young-person",
        "title": "Mentor a young person",
        "summary": (
            "Meet a student once a month. Help them find out what they are good at and what to "
            "do next."
        ),
        "door": "indigo",
        "time_needed": "About 1 hour a month",
        "duration": "10 months, October to July",
        "cost": "Free, with training included",
        "where": "School, college or your workplace",
        "good_for": "Any sector and any size. Mentors need no teaching experience.",
        "goals": ["give-back", "grow"],
        "sizes": [],
        "sectors": [],
        "hours_per_month": 1,
        "what_you_do": (
            "<p>You are matched with one student, aged 14 to 18, from an Islington school or "
            "college. You meet in person once a month. You talk about interests, jobs, skills "
            "and choices.</p>"
            "<p>You do not need to be a teacher or a senior manager. You need to turn up, listen "
            "and be honest about work.</p>"
            "<p>Most pairs do a mix of these things:</p>"
            "<ul><li>talk about what the student enjoys and finds hard</li>"
            "<li>look at real jobs and how people got them</li>"
            "<li>write a CV or practise an interview</li>"
            "<li>visit your workplace once, with a member of school staff</li></ul>"
        ),
        "benefits": [
            {
                "heading": "Better managers",
                "text": (
                    "Mentoring is practice in listening, feedback and planning. Your mentors use "
                    "the same skills with their own teams."
                ),
                "source": "",
            },
            {
                "heading": "A route to local talent",
                "text": (
                    "You meet young people before they choose a career. They learn that a job "
                    "with you is possible."
                ),
                "source": "",
            },
            {
                "heading": "Proof of social value",
                "text": "You get figures each July that you can use in bids and in reports.",
                "source": "",
            },
        ],
        "steps": [
            "You send us a short enquiry and say how many people want to mentor.",
            "The partner that runs mentoring calls you to agree numbers and dates.",
            "Your mentors do a 2-hour training session and complete their checks.",
            "Mentors meet their students in October, then once a month.",
            "You all meet in July, and you get a summary of the results.",
        ],
        "questions": [
            {
                "question": "How many mentors do we need?",
                "answer": (
                    "<p>One is enough. Many employers start with 3 to 5 people, so that mentors "
                    "can support each other.</p>"
                ),
            },
            {
                "question": "What if a mentor leaves or cannot carry on?",
                "answer": (
                    "<p>Tell us as soon as you can. We help a colleague take over, or we help the "
                    "pair to end the match well.</p>"
                ),
            },
            {
                "question": "What if a meeting has to move?",
                "answer": (
                    "<p>Pairs can move a meeting within the same month. School holidays and exam "
                    "weeks are left free from the start.</p>"
                ),
            },
            {
                "question": "Can people mentor online?",
                "answer": (
                    "<p>The first meeting is always in person. After that, a pair can ask to hold "
                    "some meetings online from the school.</p>"
                ),
            },
        ],
        "involves_under_18s": True,
        "safeguarding": (
            "<p>Every mentor is trained and has a Disclosure and Barring Service (DBS) check "
            "before the first meeting.</p>"
            "<p>Pairs meet at the school, the college or your workplace, and nowhere else. A "
            "member of school staff is always on site.</p>"
            "<p>Mentors and students do not share personal phone numbers or social media "
            "accounts. A mentor with a worry about a student tells the school the same day.</p>"
        ),
        "action_label": "Ask about mentoring",
        "topic": "Mentoring a young person",
        "is_open": True,
        "closed_message": (
            "Mentoring for this school year is full. Send an enquiry and we will contact you "
            "before the next one starts in October."
        ),
        "seo_title": "Mentor a young person in Islington",
        "search_description": (
            "Give about 1 hour a month to mentor a student aged 14 to 18 in an Islington school "
            "or college. It is free, with training included."
        ),
    },
    {
        "slug": "offer-work-experience",
        "title": "Offer work experience",
        "summary": "Show a student what a working week in your business is really like.",
        "door": "teal",
        "time_needed": "About 10 hours in a placement week",
        "duration": "1 or 2 weeks",
        "cost": "Free, apart from your time",
        "where": "Your workplace",
        "good_for": "Any sector, and small teams where students see all of the work",
        "goals": ["hire", "give-back"],
        "sizes": [],
        "sectors": [],
        "hours_per_month": 10,
        "what_you_do": (
            "<p>You host a student, aged 14 to 18, for 1 or 2 weeks. The student watches, asks "
            "questions and does small pieces of real work.</p>"
            "<p>A good week has these parts:</p>"
            "<ul><li>a named person who meets the student each morning</li>"
            "<li>a plan for each day, on one page</li>"
            "<li>at least one task with a result the student can show</li>"
            "<li>time with 2 or 3 different jobs</li>"
            "<li>a short talk on the last day about what went well</li></ul>"
            "<p>We give you a plan to adapt. You can start with one student and add more "
            "later.</p>"
        ),
        "benefits": [
            {
                "heading": "Early sight of future staff",
                "text": (
                    "You see how someone works before they apply for a job or an apprenticeship."
                ),
                "source": "",
            },
            {
                "heading": "Practice for new supervisors",
                "text": (
                    "A junior colleague can plan the week and look after the student, with "
                    "support from a manager."
                ),
                "source": "",
            },
            {
                "heading": "Honest questions",
                "text": (
                    "Students ask why you do things. The questions often show what a new starter "
                    "would not understand."
                ),
                "source": "",
            },
        ],
        "steps": [
            "You send us a short enquiry and say which months suit you.",
            "We agree the dates, the hours and the work with you.",
            "You complete a short risk assessment, and we check it with the school.",
            "You meet the student for 30 minutes before the placement.",
            "The student works with you for 1 or 2 weeks.",
            "You and the student each fill in a one-page review.",
        ],
        "questions": [
            {
                "question": "Do we have to pay the student?",
                "answer": (
                    "<p>School placements are normally unpaid. We ask employers to cover travel "
                    "and lunch if they can.</p>"
                ),
            },
            {
                "question": "Are students covered by our insurance?",
                "answer": (
                    "<p>Tell your insurer before the placement starts. Many employers’ liability "
                    "policies already include students on work experience.</p>"
                ),
            },
            {
                "question": "What if some of our work is not safe for a student?",
                "answer": (
                    "<p>You decide which tasks and places are left out. The school sees your risk "
                    "assessment before the student starts.</p>"
                ),
            },
            {
                "question": "We are a team of 3. Is that too small?",
                "answer": (
                    "<p>No. In a small team a student sees every part of the business. A shorter "
                    "placement of 2 or 3 days is also possible.</p>"
                ),
            },
        ],
        "involves_under_18s": True,
        "safeguarding": (
            "<p>One named adult is responsible for the student at all times. The school has that "
            "person’s name and phone number.</p>"
            "<p>We tell you before the placement which checks apply. They depend on the "
            "student’s age and on how much time an adult spends alone with them.</p>"
            "<p>A member of school staff visits or calls during the placement. Anyone with a "
            "worry tells the school the same day.</p>"
        ),
        "action_label": "Ask about work experience",
        "topic": "Offering work experience",
        "is_open": True,
        "closed_message": (
            "All placements for this term are arranged. Send an enquiry and we will contact you "
            "about next term."
        ),
        "seo_title": "Offer work experience to an Islington student",
        "search_description": (
            "Host a student aged 14 to 18 for 1 or 2 weeks. See what you do, what it takes, how "
            "we keep students safe and what your business gets."
        ),
    },
    {
        "slug": "take-on-an-apprentice",
        "title": "Take on an apprentice",
        "summary": "Give someone local a paid job and train them in the skills you need.",
        "door": "plum",
        "time_needed": "About 10 hours a month of support",
        "duration": "Usually 1 year or more",
        "cost": "The apprentice’s wage, with help for training costs",
        "where": "Your workplace, with time at a college or online",
        "good_for": "Employers who cannot find the skills they need",
        "goals": ["hire", "grow", "contracts"],
        "sizes": [],
        "sectors": [],
        "hours_per_month": 10,
        "what_you_do": (
            "<p>You employ someone and train them for a recognised job. The apprentice works with "
            "you and spends part of the paid week learning.</p>"
            "<p>You do these things:</p>"
            "<ul><li>write a job description for the role</li>"
            "<li>choose a manager who has time to teach</li>"
            "<li>pay the wage, holidays and training hours</li>"
            "<li>meet the training provider every 2 or 3 months</li></ul>"
            "<p>We help you to find the right training, write the advert and reach local people. "
            "Apprentices can be any age from 16, and they can be people you already employ.</p>"
        ),
        "benefits": [
            {
                "heading": "Skills that fit your work",
                "text": (
                    "You teach your own methods from the start. The training provider adds the "
                    "theory and the certificate."
                ),
                "source": "",
            },
            {
                "heading": "Help with training costs",
                "text": (
                    "You may get help from the government with the cost of the training. We show "
                    "you which rules apply to you."
                ),
                "source": "",
            },
            {
                "heading": "A figure for your bids",
                "text": "Many public contracts ask how many apprentices you employ and train.",
                "source": "",
            },
        ],
        "steps": [
            "You send us a short enquiry and tell us which role you have in mind.",
            "We call you to talk about the role, the level and the training.",
            "You choose a training provider and write the advert with us.",
            "You interview the people you like and make an offer.",
            "The apprentice starts, and we call after 1, 3 and 6 months.",
        ],
        "questions": [
            {
                "question": "What do we have to pay?",
                "answer": (
                    "<p>You pay the wage and the normal costs of an employee. There is a legal "
                    "minimum wage for apprentices, and you can pay more.</p>"
                ),
            },
            {
                "question": "How much time does the apprentice spend on training?",
                "answer": (
                    "<p>It is a set part of the paid week and depends on the course. Your "
                    "training provider gives you a plan before you sign anything.</p>"
                ),
            },
            {
                "question": "Do we have to offer a job at the end?",
                "answer": (
                    "<p>No, but most employers plan for it. Tell people at the interview whether "
                    "a permanent job is likely.</p>"
                ),
            },
            {
                "question": "What if it does not work out?",
                "answer": (
                    "<p>Call us early. Often a change of task, tutor or working hours solves the "
                    "problem.</p>"
                ),
            },
        ],
        "involves_under_18s": True,
        "safeguarding": (
            "<p>Some apprentices are 16 or 17. Extra rules on hours, breaks and night work apply "
            "to them, and we go through the rules with you.</p>"
            "<p>Name a person outside the line of management whom the apprentice can talk to. The "
            "training provider also has a named safeguarding lead.</p>"
        ),
        "action_label": "Ask about apprentices",
        "topic": "Taking on an apprentice",
        "is_open": True,
        "closed_message": (
            "We are not taking new apprenticeship enquiries this month. Send us a message and we "
            "will call you when we start again."
        ),
        "seo_title": "Take on an apprentice from Islington",
        "search_description": (
            "Employ and train someone local. See what an apprenticeship asks of you, what help "
            "there is with costs, and how to start."
        ),
    },
    {
        "slug": "hire-flexibly",
        "title": "Hire flexibly",
        "summary": (
            "Advertise jobs as part-time or flexible from the start, and hear from more good "
            "people."
        ),
        "door": "forest",
        "time_needed": "About 2 hours for each vacancy",
        "duration": "From one vacancy",
        "cost": "Free advice",
        "where": "Your workplace or online",
        "good_for": "Employers with jobs that are hard to fill, in any sector",
        "goals": ["hire", "grow"],
        "sizes": [],
        "sectors": [],
        "hours_per_month": 2,
        "what_you_do": (
            "<p>You look at a vacancy before you advertise it. You ask which hours, days and "
            "places the work really needs. Then you say in the advert what is possible.</p>"
            "<p>Flexible can mean many things:</p>"
            "<ul><li>part-time hours, or a job share</li>"
            "<li>a full-time job in 4 days</li>"
            "<li>start and finish times around school</li>"
            "<li>some days at home</li>"
            "<li>shifts that are fixed 4 weeks ahead</li></ul>"
            "<p>Timewise has a model for hiring in this way. We help you to use it for one job, "
            "and later for all of them.</p>"
        ),
        "benefits": [
            {
                "heading": "More people to choose from",
                "text": (
                    "Parents, carers, disabled people and older workers see that the job could "
                    "work for them."
                ),
                "source": "",
            },
            {
                "heading": "People who stay",
                "text": "Staff whose hours fit their lives have one less reason to leave.",
                "source": "",
            },
            {
                "heading": "Skills you could not afford",
                "text": (
                    "A part-time post can bring in experience that a small business could not pay "
                    "for full-time."
                ),
                "source": "",
            },
        ],
        "steps": [
            "You send us a short enquiry and attach nothing. A job title is enough.",
            "We call you and talk through the hours that the job needs.",
            "You get a draft advert that says clearly what is flexible.",
            "You advertise the job, and local employment advisers hear about it.",
            "After 3 months we ask you what worked and what did not.",
        ],
        "questions": [
            {
                "question": "Does every job have to be flexible?",
                "answer": (
                    "<p>No. Some jobs need fixed hours in one place. You decide for each job, and "
                    "the advert says so.</p>"
                ),
            },
            {
                "question": "What about the staff we already have?",
                "answer": (
                    "<p>Tell them first. People who work with you now often want the same choice, "
                    "so plan how you will answer.</p>"
                ),
            },
            {
                "question": "Is this only for office work?",
                "answer": (
                    "<p>No. Kitchens, shops, care homes and building sites use shorter shifts, "
                    "shift swaps and fixed rotas.</p>"
                ),
            },
        ],
        "involves_under_18s": False,
        "safeguarding": "",
        "action_label": "Ask about flexible hiring",
        "topic": "Hiring flexibly",
        "is_open": True,
        "closed_message": (
            "We cannot take new flexible hiring enquiries at the moment. Send us a message and we "
            "will call you when we can."
        ),
        "seo_title": "Hire flexibly: part-time and flexible jobs",
        "search_description": (
            "Get free advice on how to design and advertise part-time and flexible jobs. Start "
            "with one vacancy, in any sector and at any size."
        ),
    },
    {
        "slug": "pay-the-london-living-wage",
        "title": "Pay the London Living Wage",
        "summary": "Pay everyone who works for you enough to live on in London.",
        "door": "brick",
        "time_needed": "About 2 hours a month while you plan",
        "duration": "Ongoing, and you can phase it in",
        "cost": "Higher pay for some staff. Our advice is free.",
        "where": "Your business and your contractors",
        "good_for": "Employers with hourly paid staff, cleaners or contractors",
        "goals": ["grow", "contracts"],
        "sizes": [],
        "sectors": [],
        "hours_per_month": 2,
        "what_you_do": (
            "<p>The London Living Wage is an hourly rate based on the cost of living in London. "
            "It is voluntary, and it is higher than the legal minimum.</p>"
            "<p>You check what everyone earns, including cleaners and security staff who work for "
            "a contractor. You work out the cost and set a date. Then you pay at least the rate, "
            "and you raise it when the rate changes each year.</p>"
            "<p>You can apply for accreditation. It lets you show customers and applicants that "
            "you pay the rate.</p>"
        ),
        "benefits": [
            {
                "heading": "People stay longer",
                "text": "You spend less time and money on finding and training new staff.",
                "source": "",
            },
            {
                "heading": "Easier hiring",
                "text": "A clear hourly rate in the advert gives people a reason to choose you.",
                "source": "",
            },
            {
                "heading": "Stronger bids",
                "text": "Many buyers, public and private, ask what you pay people on a contract.",
                "source": "",
            },
        ],
        "steps": [
            "You send us a short enquiry and tell us roughly how many people you pay by the hour.",
            "We send you a worksheet that shows what the change would cost.",
            "You choose to change at once or in stages, and you set a date.",
            "You talk to your contractors about the people who work at your site.",
            "You apply for accreditation if you want it, and tell your staff and customers.",
        ],
        "questions": [
            {
                "question": "Do we have to be accredited?",
                "answer": (
                    "<p>No. You can pay the rate without accreditation. If you want it, we tell "
                    "you where to find the current terms.</p>"
                ),
            },
            {
                "question": "We cannot afford it for everyone now. Can we still start?",
                "answer": (
                    "<p>Yes. Many employers begin with one team or one contract. Set a date for "
                    "the rest and keep to it.</p>"
                ),
            },
            {
                "question": "What about staff who earn a little more than the rate?",
                "answer": (
                    "<p>Plan for them too. Supervisors often ask to keep a gap between their pay "
                    "and the lowest rate.</p>"
                ),
            },
            {
                "question": "Does it cover apprentices?",
                "answer": (
                    "<p>Apprentices can be paid under different rules. Many employers choose to "
                    "include them.</p>"
                ),
            },
        ],
        "involves_under_18s": False,
        "safeguarding": "",
        "action_label": "Ask about the living wage",
        "topic": "Paying the London Living Wage",
        "is_open": True,
        "closed_message": (
            "We cannot take new living wage enquiries at the moment. Send us a message and we "
            "will call you when we can."
        ),
        "seo_title": "Pay the London Living Wage in Islington",
        "search_description": (
            "See what paying the London Living Wage means for your business. Plan the cost, and "
            "start with one team or one contract."
        ),
    },
    {
        "slug": "recruit-locally",
        "title": "Recruit locally",
        "summary": "Fill your vacancies with people who live nearby, with free help from our team.",
        "door": "azure",
        "time_needed": "About 2 hours for each vacancy",
        "duration": "From one vacancy",
        "cost": "Free",
        "where": "Your workplace, online or a local venue",
        "good_for": "Employers with 1 vacancy or 100, in any sector",
        "goals": ["hire", "give-back", "contracts"],
        "sizes": [],
        "sectors": [],
        "hours_per_month": 2,
        "what_you_do": (
            "<p>You tell us about a job before, or when, you advertise it. One person in our team "
            "is your contact from then on.</p>"
            "<p>We pass the job to the partners whose clients could do it. Their advisers look "
            "for people who fit, prepare them, and send you a short list. You interview and "
            "choose as you always do.</p>"
            "<p>You agree to 2 things. You interview local people who meet the requirements, and "
            "you tell us the result.</p>"
        ),
        "benefits": [
            {
                "heading": "People who are prepared",
                "text": (
                    "Advisers explain the job and help with the CV before you see anyone. You "
                    "read fewer applications that do not fit."
                ),
                "source": "",
            },
            {
                "heading": "Short journeys to work",
                "text": (
                    "Staff who live nearby can start early, finish late and cover a shift more "
                    "easily."
                ),
                "source": "",
            },
            {
                "heading": "No agency fee",
                "text": "The service is free, for one vacancy or for a whole new site.",
                "source": "",
            },
        ],
        "steps": [
            "You send us a short enquiry about the job.",
            "We call you to agree the skills, the hours, the pay and the closing date.",
            "Partners look for local people and prepare them for the interview.",
            "You interview the people on the short list and choose.",
            "We call you and the new member of staff after 4 and 13 weeks.",
        ],
        "questions": [
            {
                "question": "Do we have to hire someone from the list?",
                "answer": (
                    "<p>No. You choose the best person for the job, wherever they live. We ask "
                    "you to say why when nobody fits.</p>"
                ),
            },
            {
                "question": "How fast can you send people?",
                "answer": (
                    "<p>For most jobs, allow 2 weeks. Tell us early about a new site or more than "
                    "5 vacancies.</p>"
                ),
            },
            {
                "question": "Can we also advertise elsewhere?",
                "answer": (
                    "<p>Yes. Many employers give us the job a week before they advertise it "
                    "anywhere else.</p>"
                ),
            },
            {
                "question": "What kinds of job do you fill?",
                "answer": (
                    "<p>All kinds, from a first job in a shop to a qualified post. The job must "
                    "be paid and legal, with clear hours.</p>"
                ),
            },
        ],
        "involves_under_18s": False,
        "safeguarding": "",
        "action_label": "Ask about recruiting locally",
        "topic": "Recruiting locally",
        "is_open": True,
        "closed_message": (
            "We cannot take new vacancies this week. Send us a message and we will call you when "
            "we can."
        ),
        "seo_title": "Recruit local people in Islington",
        "search_description": (
            "Tell us about a vacancy and meet local people who are prepared for the interview. "
            "The service is free, and you have one contact."
        ),
    },
    {
        "slug": "visit-a-school",
        "title": "Visit a school",
        "summary": (
            "Show students how science, technology, engineering and maths are used in your work."
        ),
        "door": "indigo",
        "time_needed": "About 3 hours for each visit",
        "duration": "One visit, or one each term",
        "cost": "Free, apart from your time",
        "where": "An Islington school, or your workplace",
        "good_for": "Employers who use science, technology, engineering or maths (STEM)",
        "goals": ["give-back", "hire"],
        "sizes": [],
        "sectors": [],
        "hours_per_month": 3,
        "what_you_do": (
            "<p>You work with a teacher on one lesson. You bring a real problem from your work, "
            "and students use what they are learning to solve it.</p>"
            "<p>The subjects in greatest demand are science, technology, engineering and maths. "
            "You do not have to be an engineer. Kitchens use chemistry, shops use statistics and "
            "builders use geometry.</p>"
            "<p>You can choose one of these:</p>"
            "<ul><li>lead part of a lesson with the teacher</li>"
            "<li>judge a class project</li>"
            "<li>answer questions in a careers session</li>"
            "<li>show a class around your workplace</li></ul>"
        ),
        "benefits": [
            {
                "heading": "Interest in your sector",
                "text": "Students learn that your kind of job exists before they choose subjects.",
                "source": "",
            },
            {
                "heading": "Confident speakers",
                "text": (
                    "Staff who can explain their work to a class of 30 can explain it to a "
                    "customer."
                ),
                "source": "",
            },
            {
                "heading": "A small first step",
                "text": "One visit takes a morning. See if it suits you before you do more.",
                "source": "",
            },
        ],
        "steps": [
            "You send us a short enquiry and tell us what your business does.",
            "We find a school and a teacher whose topic fits your work.",
            "You and the teacher plan the lesson in a 30-minute call.",
            "You visit the school. The teacher stays in the room.",
            "You and the teacher tell us how it went.",
        ],
        "questions": [
            {
                "question": "Do our people need any training?",
                "answer": (
                    "<p>No. We send a one-page guide, and the teacher helps you to plan. The "
                    "teacher also manages the class.</p>"
                ),
            },
            {
                "question": "Who should we send?",
                "answer": (
                    "<p>Send people who like to talk about their work. Apprentices and people who "
                    "went to local schools often do it best.</p>"
                ),
            },
            {
                "question": "Can a class come to us instead?",
                "answer": (
                    "<p>Yes. You need space for the group and a short risk assessment. We help "
                    "you with both.</p>"
                ),
            },
        ],
        "involves_under_18s": True,
        "safeguarding": (
            "<p>A teacher is in the room for the whole visit. Visitors sign in and wear a badge, "
            "and they are never alone with a student.</p>"
            "<p>Because the visit is supervised, most visitors need no DBS check. The school "
            "tells you before the visit if its own rules ask for one.</p>"
            "<p>Visitors do not take photographs and do not share personal contact details with "
            "students.</p>"
        ),
        "action_label": "Ask about school visits",
        "topic": "Visiting a school",
        "is_open": True,
        "closed_message": (
            "Visits for this term are arranged. Send an enquiry and we will contact you about "
            "next term."
        ),
        "seo_title": "Visit a school in Islington",
        "search_description": (
            "Bring a real problem from your work into a lesson. Visits focus on science, "
            "technology, engineering and maths, and take about 3 hours."
        ),
    },
    {
        "slug": "volunteer-as-a-team",
        "title": "Volunteer as a team",
        "summary": "Use a working day to help local people with CVs, interviews and skills.",
        "door": "plum",
        "time_needed": "About 4 hours for each person",
        "duration": "Half a day, as often as you like",
        "cost": "Free, apart from your time",
        "where": "A local venue or your workplace",
        "good_for": "Teams of 4 or more who want to do something useful together",
        "goals": ["give-back", "grow"],
        "sizes": ["10-49", "50-249", "250-plus"],
        "sectors": [],
        "hours_per_month": 4,
        "what_you_do": (
            "<p>Your team spends half a day with local people who are looking for work. You "
            "choose what you can offer:</p>"
            "<ul><li>practice interviews, with feedback</li>"
            "<li>a session on CVs and application forms</li>"
            "<li>help with one skill, such as spreadsheets or phone calls</li>"
            "<li>an afternoon at your workplace, to see what jobs are like</li></ul>"
            "<p>We match your team with a school, a college or a service that has asked for "
            "help. You get a short guide, and someone from the service is there all the time.</p>"
        ),
        "benefits": [
            {
                "heading": "A day with a clear result",
                "text": "Your team meets the people it helps and hears later what came of it.",
                "source": "",
            },
            {
                "heading": "Better interviewers",
                "text": "Staff who give practice interviews ask better questions in real ones.",
                "source": "",
            },
            {
                "heading": "Teams that mix",
                "text": "People from different departments work side by side for an afternoon.",
                "source": "",
            },
        ],
        "steps": [
            "You send us a short enquiry with the size of your team and some dates.",
            "We suggest 2 or 3 requests from local services that fit.",
            "You choose one, and your team reads a short guide.",
            "You volunteer for half a day.",
            "We tell you after 3 months what came of it.",
        ],
        "questions": [
            {
                "question": "How many people can take part?",
                "answer": (
                    "<p>Most sessions suit 4 to 12 volunteers. For larger teams we plan 2 "
                    "sessions on the same day.</p>"
                ),
            },
            {
                "question": "Do volunteers need special skills?",
                "answer": (
                    "<p>No. People who have applied for a job, or hired someone, already know "
                    "enough to help.</p>"
                ),
            },
            {
                "question": "Can we do it in one lunch break?",
                "answer": (
                    "<p>Some services ask for help by phone or online for 1 hour. Tell us in your "
                    "enquiry that you have little time.</p>"
                ),
            },
        ],
        "involves_under_18s": True,
        "safeguarding": (
            "<p>Some sessions take place in schools and colleges. Staff of the school or college "
            "are in the room all the time.</p>"
            "<p>Sessions with adults are led by the service that asked for help. We tell you "
            "before the session if your volunteers need any checks.</p>"
        ),
        "action_label": "Ask about volunteering",
        "topic": "Volunteering as a team",
        "is_open": True,
        "closed_message": (
            "We have enough volunteers for the next 2 months. Send an enquiry and we will contact "
            "you with new dates."
        ),
        "seo_title": "Volunteer as a team in Islington",
        "search_description": (
            "Spend half a day as a team on practice interviews, CVs and skills for local people "
            "who look for work. We match you with a local service."
        ),
    },
    {
        "slug": "open-a-job-to-someone-who-faces-barriers",
        "title": "Open a job to someone who faces barriers",
        "summary": (
            "Shape a job so that a disabled person, a parent or someone with a criminal record "
            "can do it well."
        ),
        "door": "teal",
        "time_needed": "About 6 hours in the first month",
        "duration": "From one job",
        "cost": "The normal wage. Our support is free.",
        "where": "Your workplace",
        "good_for": "Employers with tasks that nobody has time for, or posts that stay empty",
        "goals": ["hire", "give-back", "contracts"],
        "sizes": [],
        "sectors": [],
        "hours_per_month": 6,
        "what_you_do": (
            "<p>Some people can do most of a job, but one part of it keeps them out. It may be "
            "the hours, a task, the application form or an old conviction.</p>"
            "<p>You look at the job again with an adviser. You may move tasks between posts, so "
            "that a new post suits one person’s strengths. This is called job carving. You may "
            "also change the hours, the interview or the checks.</p>"
            "<p>The person gets a proper job with proper pay. They also get a support worker whom "
            "you can call.</p>"
        ),
        "benefits": [
            {
                "heading": "Work that gets done",
                "text": (
                    "Tasks that your skilled staff never reach become somebody’s main job, and "
                    "are done well."
                ),
                "source": "",
            },
            {
                "heading": "Loyal staff",
                "text": "People who waited a long time for a fair chance often stay.",
                "source": "",
            },
            {
                "heading": "Someone to call",
                "text": (
                    "You have a named adviser for the first 6 months, for questions small and "
                    "large."
                ),
                "source": "",
            },
        ],
        "steps": [
            "You send us a short enquiry. You do not need a vacancy yet.",
            "An adviser visits you for about 1 hour and looks at the tasks in your team.",
            "Together you write a job that you need and that someone local can do.",
            "You meet 1 to 3 people in a working interview, and choose.",
            "The adviser stays in touch with you both for 6 months.",
        ],
        "questions": [
            {
                "question": "Will we have to lower our standards?",
                "answer": (
                    "<p>No. The tasks change, the standard does not. You agree in writing what "
                    "good work looks like.</p>"
                ),
            },
            {
                "question": "What do we ask about a criminal record?",
                "answer": (
                    "<p>Ask only what the job needs, and ask late. We show you which convictions "
                    "you may ask about and how to talk about them fairly.</p>"
                ),
            },
            {
                "question": "Who pays for changes to the workplace?",
                "answer": (
                    "<p>You do, but many changes cost little. The government’s "
                    '<a href="https://www.gov.uk/access-to-work">Access to Work</a> scheme may '
                    "help with the rest.</p>"
                ),
            },
            {
                "question": "What do we tell the team?",
                "answer": (
                    "<p>Agree that with the person first. It is for them to say what colleagues "
                    "know about their health or their past.</p>"
                ),
            },
        ],
        "involves_under_18s": False,
        "safeguarding": "",
        "action_label": "Ask about opening a job",
        "topic": "Opening a job to someone who faces barriers",
        "is_open": True,
        "closed_message": (
            "Our advisers cannot take on new employers this month. Send us a message and we will "
            "call you when they can."
        ),
        "seo_title": "Open a job to someone who faces barriers",
        "search_description": (
            "Get free help to shape a job for a disabled person, a parent or someone with a "
            "criminal record. A named adviser supports you for 6 months."
        ),
    },
    {
        "slug": "join-a-sector-group",
        "title": "Join a sector group",
        "summary": (
            "Meet employers in your sector and solve shared hiring problems. Hospitality is first."
        ),
        "door": "forest",
        "time_needed": "About 2 hours every 3 months",
        "duration": "1 year, then you decide",
        "cost": "Free",
        "where": "At a member’s workplace in Islington",
        "good_for": "Hospitality and catering first. Tell us if you want another sector.",
        "goals": ["grow", "hire"],
        "sizes": [],
        "sectors": ["Hospitality and catering"],
        "hours_per_month": 2,
        "what_you_do": (
            "<p>You meet employers who look for the same people as you do. Employers lead the "
            "group and choose what it works on.</p>"
            "<p>The first group is for hospitality and catering. It looks at why jobs are hard to "
            "fill, and at how more local people could train for them.</p>"
            "<p>Between meetings, each member tries one small change and reports on it. A change "
            "can be a new shift pattern, a trial day or a different advert.</p>"
        ),
        "benefits": [
            {
                "heading": "Answers from people like you",
                "text": "You hear what worked for another kitchen, and what did not.",
                "source": "",
            },
            {
                "heading": "Training that fits",
                "text": (
                    "Colleges and advisers hear from several employers at once which skills are "
                    "missing."
                ),
                "source": "",
            },
            {
                "heading": "Less hiring alone",
                "text": (
                    "Members can hold one recruitment day together, and pass on good people whom "
                    "they cannot place."
                ),
                "source": "",
            },
        ],
        "steps": [
            "You send us a short enquiry and tell us your hardest job to fill.",
            "We call you and send you the notes of the last meeting.",
            "You come to one meeting as a guest.",
            "You decide if you want to join for a year.",
        ],
        "questions": [
            {
                "question": "Will we have to share business secrets?",
                "answer": (
                    "<p>No. Members talk about hiring, training and hours. They do not share "
                    "prices, and they do not agree on pay.</p>"
                ),
            },
            {
                "question": "We are a café with 5 staff. Is it worth our time?",
                "answer": (
                    "<p>Yes. Small businesses often hire for the same jobs as large ones. "
                    "Meetings are outside busy hours.</p>"
                ),
            },
            {
                "question": "Our sector has no group. Can we start one?",
                "answer": (
                    "<p>Tell us. We ask other employers in your sector, and we start when there "
                    "are enough to make it useful.</p>"
                ),
            },
        ],
        "involves_under_18s": False,
        "safeguarding": "",
        "action_label": "Ask about sector groups",
        "topic": "Joining a sector group",
        "is_open": True,
        "closed_message": (
            "The hospitality group has no free places now. Send an enquiry and we will invite you "
            "when there is one."
        ),
        "seo_title": "Join a sector group for employers in Islington",
        "search_description": (
            "Meet other Islington employers 4 times a year and solve shared hiring problems. "
            "Hospitality and catering is the first sector."
        ),
    },
    {
        "slug": "add-social-value-to-a-council-contract",
        "title": "Add social value to a council contract",
        "summary": (
            "Bid with promises on local jobs and training that you can keep and can prove."
        ),
        "door": "azure",
        "time_needed": "About 4 hours a month in a contract",
        "duration": "As long as the contract",
        "cost": "Free advice. You pay for what you promise.",
        "where": "Your workplace and the contract’s sites",
        "good_for": "Suppliers and bidders of any size, and their subcontractors",
        "goals": ["contracts", "give-back"],
        "sizes": [],
        "sectors": [],
        "hours_per_month": 4,
        "what_you_do": (
            "<p>Council buyers ask what a supplier does for local people as well as what it "
            "sells. You choose promises that suit the contract and your size. Examples "
            "are:</p>"
            "<ul><li>new jobs and apprenticeships for local people</li>"
            "<li>work experience and mentoring for students</li>"
            "<li>jobs shaped for people who face barriers</li>"
            "<li>flexible hours and fair pay</li></ul>"
            "<p>We explain what each promise takes. When you have won the contract, we introduce "
            "you to the partners who help you to keep it. We do not see or score bids.</p>"
        ),
        "benefits": [
            {
                "heading": "Promises you can keep",
                "text": "You know the time and the cost of each promise before you sign.",
                "source": "",
            },
            {
                "heading": "Evidence",
                "text": "You get a record of jobs, weeks and hours for your contract reports.",
                "source": "",
            },
            {
                "heading": "Useful beyond one contract",
                "text": "The same work counts when you bid to other public bodies.",
                "source": "",
            },
        ],
        "steps": [
            "You send us a short enquiry and tell us the kind of contract.",
            "We call you and explain what other suppliers of your size do.",
            "You choose your promises and write your own bid.",
            "If you win, we meet you in the first month and agree a plan.",
            "You report every 3 months, and we help when something slips.",
        ],
        "questions": [
            {
                "question": "Does talking to you help our bid to win?",
                "answer": (
                    "<p>No. We give every bidder the same information, and we take no part in the "
                    "decision.</p>"
                ),
            },
            {
                "question": "We are a small supplier. What is reasonable?",
                "answer": (
                    "<p>Promise little and keep it. One work experience placement a year can be "
                    "right for a small contract.</p>"
                ),
            },
            {
                "question": "Do the promises cover our subcontractors?",
                "answer": (
                    "<p>They can. Say in your bid which promises are yours and which are theirs, "
                    "and how you will check.</p>"
                ),
            },
            {
                "question": "What if we cannot keep a promise?",
                "answer": (
                    "<p>Tell us and the contract manager early. Often you can agree something "
                    "else of equal value.</p>"
                ),
            },
        ],
        "involves_under_18s": False,
        "safeguarding": "",
        "action_label": "Ask about social value",
        "topic": "Adding social value to a council contract",
        "is_open": True,
        "closed_message": (
            "We cannot take new social value enquiries at the moment. Send us a message and we "
            "will call you when we can."
        ),
        "seo_title": "Add social value to a council contract",
        "search_description": (
            "Choose promises on local jobs, apprenticeships and training that fit your contract. "
            "Get free advice and help to keep and prove them."
        ),
    },
]
