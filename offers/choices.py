from django.db import models


class Size(models.TextChoices):
    """How many people an employer employs."""

    MICRO = "1-9", "1 to 9"
    SMALL = "10-49", "10 to 49"
    MEDIUM = "50-249", "50 to 249"
    LARGE = "250-plus", "250 or more"


class Goal(models.TextChoices):
    """What an employer wants from getting involved."""

    HIRE = "hire", "Hire people"
    GROW = "grow", "Keep and grow our people"
    GIVE_BACK = "give-back", "Give something back"
    CONTRACTS = "contracts", "Win public contracts"


class Door(models.TextChoices):
    """The door colour that follows an offer everywhere; more offers than colours share them."""

    INDIGO = "indigo", "Indigo"
    TEAL = "teal", "Teal"
    PLUM = "plum", "Plum"
    FOREST = "forest", "Forest"
    BRICK = "brick", "Brick"
    AZURE = "azure", "Azure"
