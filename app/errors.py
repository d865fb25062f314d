"""What can go wrong, in a sentence that the person who caused it understands."""


class RoundsError(Exception):
    """The root of all errors that are meant to be read by people.

    The message is a whole sentence, already translated, that says what to do next. `status` is the HTTP status
    of an answer that carries it; `kind` is its name in JSON.
    """

    status = 400
    kind = 'refused'

    def __init__(self, sentence: str, **more: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.more = more


class BadInput(RoundsError):
    """What was sent is not what was asked for; the sentence says which part and how to put it right."""

    status = 422
    kind = 'bad_input'


class NotSignedIn(RoundsError):
    """Nobody, or somebody whose session or token has ended."""

    status = 401
    kind = 'not_signed_in'


class NotYours(RoundsError):
    """Known, but not for this person. Pages answer it like `NotFound`, so that it betrays nothing."""

    status = 403
    kind = 'not_yours'


class NotFound(RoundsError):
    """No such thing, or none that this person may know of."""

    status = 404
    kind = 'not_found'


class WrongStage(RoundsError):
    """The act does not belong to the stage that the round is in; the sentence names the stage."""

    status = 409
    kind = 'wrong_stage'


class Changed(RoundsError):
    """Somebody else changed the same thing meanwhile; the sentence says to what, and nothing was overwritten."""

    status = 409
    kind = 'changed'


class Taken(RoundsError):
    """A name is in use; the sentence says how the person it belongs to gets back in."""

    status = 409
    kind = 'taken'


class Gone(RoundsError):
    """A code was replaced, or a round purged or deleted."""

    status = 410
    kind = 'gone'


class TooLarge(RoundsError):
    """More than one request may carry."""

    status = 413
    kind = 'too_large'


class TooMany(RoundsError):
    """Too many tries; `retry_after` is in seconds."""

    status = 429
    kind = 'too_many'

    def __init__(self, sentence: str, *, retry_after: int) -> None:
        super().__init__(sentence, retry_after=retry_after)
        self.retry_after = retry_after


class NotKept(RoundsError):
    """The disk refused; nothing was lost of what was acknowledged before, and nothing new is accepted."""

    status = 503
    kind = 'not_kept'
