"""Whether a mover may be a person, so that "he" and "she" find the right one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routes.extract.places.people import titles

if TYPE_CHECKING:
    from routes.extract.carriers.carriers import Carrier

ENDINGS = ("er", "or", "ist", "man", "woman", "ess")
"""What nouns for people end in: rower, sailor, cyclist, spokeswoman."""

STEERS = frozenset(("pilot", "captain", "skipper", "master"))
"""Who steers a vehicle stands for it, and "he" or "she" for them."""


def may_be_person(carrier: Carrier, not_this: str) -> bool:
    """Whether "he" or "she" can mean a mover.

    Args:
        carrier: The mover.
        not_this: The other pronoun: who has been called so is not meant.
    """
    if carrier.plural or (carrier.type is not None and not carrier.nouns & STEERS):
        return False
    if not_this in carrier.nouns or "it" in carrier.nouns:
        return False
    return not carrier.other or any(noun in titles() or noun.endswith(ENDINGS) for noun in carrier.nouns)
