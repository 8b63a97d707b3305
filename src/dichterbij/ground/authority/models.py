"""Tables of authority: mandates people give each other, what registers said a moment ago, and wrong codes."""

import uuid

from django.db import models


class Ending(models.TextChoices):
    """Who came under guardianship, so that the law ended a mandate."""

    REPRESENTED = "represented"
    REPRESENTATIVE = "representative"


class Counted(models.TextChoices):
    """What nobody may try many times."""

    CODE = "code"
    LETTER = "letter"


class Mandate(models.Model):
    """That one party let another act for them. Until it is accepted there is a code and no representative."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    represented = models.UUIDField(db_index=True)
    representative = models.UUIDField(null=True, db_index=True)
    products = models.JSONField()
    is_everything = models.BooleanField(default=False, help_text="also every other product, now and later")
    may_submit = models.BooleanField(default=True, help_text="to act, and not only to look")
    may_pass_on = models.BooleanField(default=False)
    passed_on_from = models.UUIDField(null=True, db_index=True)
    sealed = models.BinaryField()
    made_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True, help_text="when who is to act asked for it, if they did")
    checked_until = models.DateTimeField(null=True, help_text="until when we believe it has no guardian")
    is_bankrupt = models.BooleanField(default=False, help_text="who gave it is: it covers no money until that ends")
    valid_until = models.DateTimeField()
    code_lookup = models.CharField(max_length=128, default="", blank=True, db_index=True)
    code_until = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    ended_because = models.CharField(max_length=20, help_text="one of Ending", default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(representative=None) | ~models.Q(representative=models.F("represented")),
                name="nobody_mandates_themselves",
            ),
            models.UniqueConstraint(
                fields=["code_lookup"], condition=~models.Q(code_lookup=""), name="one_mandate_per_code"
            ),
        ]


class RegisteredAuthority(models.Model):
    """What a register said about somebody who may act for another by law. Believed for a quarter of an hour."""

    representative = models.UUIDField(db_index=True)
    represented = models.UUIDField()
    kind = models.CharField(max_length=20)
    register = models.CharField(max_length=10, help_text="which one said it")
    unclear = models.CharField(
        max_length=20, help_text="why a human must find out: one of Unclear", default="", blank=True
    )
    speaks_for = models.JSONField(default=list, help_text="in the names of which parties an heir acts and agrees")
    sealed = models.BinaryField()
    age = models.PositiveSmallIntegerField(null=True, help_text="of a child, on the day the register was asked")
    jointly = models.PositiveSmallIntegerField(default=0, help_text="with how many others it is held")
    always_jointly = models.BooleanField(default=False, help_text="nothing is sent without them")
    since = models.DateField(null=True, help_text="on which day it began, where the register says so")
    fetched_at = models.DateTimeField()
    valid_until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["representative", "represented", "kind"], name="one_authority_per_kind")
        ]


class RegisteredRepresentative(models.Model):
    """What a register said about who acts for somebody by law, for that person to read. Nobody acts by it."""

    represented = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=20)
    sealed = models.BinaryField(help_text="the name")
    since = models.DateField(null=True)
    fetched_at = models.DateTimeField()


class RegistersAsked(models.Model):
    """When the registers were last asked for whom somebody may act, also when they named nobody.

    Of a company for which a means says somebody acts: when they were asked whether it is bankrupt.
    """

    party = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
    is_bankrupt = models.BooleanField(default=False)


class Agreement(models.Model):
    """That somebody agrees that a product is asked for a person by another with the same authority."""

    represented = models.UUIDField()
    party = models.UUIDField(help_text="who agrees: another with the authority, or the represented themself")
    product = models.CharField(max_length=80)
    at = models.DateTimeField()
    valid_until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["represented", "party", "product"], name="one_agreement_per_product")
        ]


class Proof(models.Model):
    """A proof on paper that somebody may act for another. Whether it holds is asked again each time it is checked."""

    representative = models.UUIDField()
    represented = models.UUIDField()
    kind = models.CharField(max_length=20)
    mandate = models.UUIDField(null=True)
    lookup = models.CharField(max_length=128, unique=True, help_text="keyed hash of the code on the paper")
    sealed = models.BinaryField()
    made_at = models.DateTimeField()
    valid_until = models.DateTimeField()


class WrongCode(models.Model):
    """That somebody typed a code that does not exist, or asked for a letter with one: too many and they must wait."""

    party = models.UUIDField(db_index=True)
    what = models.CharField(max_length=10, help_text="one of Counted", default=Counted.CODE)
    at = models.DateTimeField()
