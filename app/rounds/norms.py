"""What visitors agree on before they go into classrooms, in this product's words.

They follow the norms of instructional rounds in City, Elmore, Fiarman & Teitel (2009): description, not judgement;
about teaching and learning, never about a person; what is seen stays with the round.
"""

from app.texts import _


def norms() -> tuple[str, ...]:
    """A sentence each, as they are read together and printed."""
    return (
        _('We write down what we see and hear. We do not judge.'),
        _('We look at teaching, learning and the task together; never at a person.'),
        _('We are guests: we do not interrupt, and we take no pictures and no sound.'),
        _('We write no names, of students or of adults.'),
        _('What is seen stays with the round: nobody is told what was noted in which classroom.'),
        _('Ideas and advice wait until the evidence has been heard.'),
    )
