"""
The published figures about work in Islington, each with its period and source.

They are history, not today's news. `OYO` is the report to Council of 3 December 2015. `CC` is the
undated Cooperative Commitment of 2014/15: 31 March 2015 is the last day of that year, so it is
the latest date that the document's own label allows.
"""

OYO = {
    "source_title": "Islington Employment Commission – One Year On, report to Council",
    "source_on": "2015-12-03",
    "source_date_text": "3 December 2015",
    "source_url": "",
}

CC = {
    "source_title": "Islington’s Cooperative Commitment: Working Better Together",
    "source_on": "2015-03-31",
    "source_date_text": "2014/15",
    "source_url": "",
}

FACTS: list[dict] = [
    {
        "key": "people-into-work",
        "figure": "1,023",
        "label": "people supported into work",
        "period": "2014/15",
        "nature": "annual",
        "comparison_figure": "816",
        "comparison_period": "2013/14",
        "method": (
            "<p>People supported into work by the council and by Mental Health Working, a local "
            "partner, in one financial year.</p>"
        ),
        "on_home": True,
        "order": 1,
        **OYO,
    },
    {
        "key": "kings-cross-jobs",
        "figure": "108",
        "label": "Islington residents in jobs at the King’s Cross redevelopment",
        "period": "January to November 2015",
        "nature": "cumulative",
        "comparison_figure": "51",
        "comparison_period": "2014",
        "method": ("<p>The count for 2015 stops in November, when the report was written.</p>"),
        "on_home": True,
        "order": 2,
        **OYO,
    },
    {
        "key": "kx-recruit-share",
        "figure": "40%",
        "label": "of KX Recruit opportunities went to Islington residents",
        "period": "2015",
        "nature": "snapshot",
        "comparison_figure": "",
        "comparison_period": "",
        "method": (
            "<p>The share of opportunities recruited through KX Recruit that went to Islington "
            "residents. KX Recruit works at King’s Cross and nearby.</p>"
        ),
        "on_home": True,
        "order": 3,
        **OYO,
    },
    {
        "key": "mentoring-schools",
        "figure": "8",
        "label": "schools and colleges in employer mentoring",
        "period": "2015",
        "nature": "snapshot",
        "comparison_figure": "",
        "comparison_period": "",
        "method": (
            "<p>Schools and colleges in the BIG Alliance mentoring programme. Funding from the "
            "Richard Reeves Foundation was to bring it to all 10 secondary schools. The funding "
            "was also for City and Islington College.</p>"
        ),
        "on_home": True,
        "order": 4,
        **OYO,
    },
    {
        "key": "practitioners-network",
        "figure": "60+",
        "label": "members of the Employability Practitioners Network",
        "period": "2015",
        "nature": "snapshot",
        "comparison_figure": "",
        "comparison_period": "",
        "method": "<p>The report says that the network has more than 60 members.</p>",
        "on_home": False,
        "order": 5,
        **OYO,
    },
    {
        "key": "strategic-partnership",
        "figure": "17",
        "label": "organisations in the Islington Strategic Partnership for Employment",
        "period": "2015",
        "nature": "snapshot",
        "comparison_figure": "",
        "comparison_period": "",
        "method": "<p>The number of organisations that the report gives for the partnership.</p>",
        "on_home": False,
        "order": 6,
        **OYO,
    },
    {
        "key": "local-services-pilot",
        "figure": "800",
        "label": "residents assessed in the Universal Services Delivered Locally pilot",
        "period": "From 1 September 2014 to November 2015",
        "nature": "cumulative",
        "comparison_figure": "",
        "comparison_period": "",
        "method": (
            "<p>Residents whose need for support was assessed since the pilot began. Of these, 81 "
            "went into paid work.</p>"
        ),
        "on_home": False,
        "order": 7,
        **OYO,
    },
    {
        "key": "employment-rate",
        "figure": "70.5%",
        "label": "of working-age people in Islington in work",
        "period": "June 2014",
        "nature": "snapshot",
        "comparison_figure": "",
        "comparison_period": "",
        "method": (
            "<p>The employment rate before the work began. The council set out to raise it from "
            "this starting point.</p>"
        ),
        "on_home": False,
        "order": 8,
        **CC,
    },
    {
        "key": "sickness-and-disability-claimants",
        "figure": "12,600",
        "label": "people claiming sickness and disability benefits",
        "period": "2014",
        "nature": "snapshot",
        "comparison_figure": "",
        "comparison_period": "",
        "method": (
            "<p>At the time this was the highest rate in London. The council set a target of "
            "2,660 fewer by March 2019. The target comes from the report of 3 December 2015.</p>"
        ),
        "on_home": False,
        "order": 9,
        **CC,
    },
    {
        "key": "long-term-jobseekers",
        "figure": "1,365",
        "label": "people claiming Jobseeker’s Allowance for more than a year",
        "period": "September 2014",
        "nature": "snapshot",
        "comparison_figure": "",
        "comparison_period": "",
        "method": "<p>They were 30% of all people who claimed Jobseeker’s Allowance.</p>",
        "on_home": False,
        "order": 10,
        **CC,
    },
]

# Which of them an offer's page shows, by the offer's slug.
OFFER_FACTS: dict[str, list[str]] = {
    "mentor-a-young-person": ["mentoring-schools"],
    "recruit-locally": ["kx-recruit-share"],
}
