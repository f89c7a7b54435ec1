"""
What the desk often writes: a start, for the team to make its own.

The mail signs it with the name of the team.
"""

REPLIES = [
    {
        "name": "First answer",
        "offer": None,
        "text": """Dear {name},

Thank you for asking about this: {topics}.

We would like to find out what suits {organisation} best. Can we call you on [day and time]?
If another time is better, reply to this email and tell us.""",
    },
    {
        "name": "Introduction to a partner",
        "offer": None,
        "text": """Dear {name},

[name of the partner] can help {organisation} best with this: {topics}. They contact you by [date].

If you do not hear from them by then, reply to this email and quote {reference}.""",
    },
    {
        "name": "Nothing suits now",
        "offer": None,
        "text": """Dear {name},

Thank you for your patience. We have nothing that suits {organisation} just now, because [reason].

[What they can do instead, or when we write again.]""",
    },
    {
        "name": "A question",
        "offer": None,
        "text": """Dear {name},

Before we suggest anything to {organisation}, we need to know: [question]?

Reply to this email. Your reference is {reference}.""",
    },
]
