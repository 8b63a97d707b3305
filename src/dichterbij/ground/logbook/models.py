"""Lines, their positions, the tree over them, the signed heads, and which months were removed after their term.

The database refuses to change any, and to remove any but the lines of a month that a kept removal covers.
"""

from django.db import models

from .domain import Kind, Log


class Line(models.Model):
    """One line. `body` is the truth: canonical JSON, kept and hashed as it is; columns repeat it for look-up."""

    line_id = models.UUIDField(unique=True)
    log = models.CharField(max_length=12, help_text="one of Log")
    kind = models.CharField(max_length=8, help_text="one of Kind")
    at = models.DateTimeField()
    organisation = models.CharField(max_length=20)
    activity = models.CharField(max_length=100)
    subject = models.CharField(max_length=64, blank=True, help_text="pseudonym within the organisation")
    actor = models.CharField(max_length=64, null=True, help_text="pseudonym of who acted for the person, if one did")
    own_matter = models.BooleanField(help_text="the act was about this person and not about somebody else")
    items = models.PositiveIntegerField(help_text="how many data items were released")
    act = models.UUIDField()
    intent = models.UUIDField(null=True, help_text="the intent line that this one answers")
    body = models.BinaryField()
    leaf_hash = models.BinaryField(max_length=32)

    class Meta:
        db_table = "logbook_line"
        constraints = [
            models.CheckConstraint(condition=models.Q(log__in=list(Log)), name="line_known_log"),
            models.CheckConstraint(condition=models.Q(kind__in=list(Kind)), name="line_known_kind"),
        ]
        indexes = [
            models.Index(fields=["subject", "log", "at"], name="line_of_person"),
            models.Index(fields=["act"], name="line_of_act"),
            models.Index(fields=["actor", "at"], name="line_by_actor", condition=models.Q(actor__isnull=False)),
            models.Index(fields=["intent"], name="line_answers", condition=models.Q(intent__isnull=False)),
            models.Index(fields=["at"], name="line_intent", condition=models.Q(kind=Kind.INTENT)),
        ]


class Position(models.Model):
    """Where a line stands in the chain of its log."""

    log = models.CharField(max_length=12)
    position = models.PositiveBigIntegerField()
    line = models.OneToOneField(Line, on_delete=models.PROTECT, related_name="sealed")
    chain_hash = models.BinaryField(max_length=32)

    class Meta:
        db_table = "logbook_position"
        constraints = [models.UniqueConstraint(fields=["log", "position"], name="position_once_per_log")]


class Node(models.Model):
    """The root of a complete subtree of the tree over the lines; the small ones are computed again when needed."""

    log = models.CharField(max_length=12)
    level = models.PositiveSmallIntegerField(help_text="it stands on 2 to this power lines")
    number = models.PositiveBigIntegerField(help_text="how many of this level stand before it")
    hash = models.BinaryField(max_length=32)

    class Meta:
        db_table = "logbook_node"
        constraints = [models.UniqueConstraint(fields=["log", "level", "number"], name="node_once_per_place")]


class Head(models.Model):
    """The chain and the root of the tree after so many lines, signed by the operator."""

    log = models.CharField(max_length=12)
    size = models.PositiveBigIntegerField()
    chain_hash = models.BinaryField(max_length=32)
    root = models.BinaryField(
        max_length=32, null=True, help_text="of the tree of so many lines; none before there was a tree"
    )
    sealed_at = models.DateTimeField()
    operator = models.CharField(max_length=20)
    public_key = models.BinaryField(max_length=32)
    signature = models.BinaryField(max_length=64)

    class Meta:
        db_table = "logbook_head"
        constraints = [models.UniqueConstraint(fields=["log", "size"], name="head_once_per_size")]


class Removal(models.Model):
    """The lines up to and including a position, removed because their term had passed; signed by the operator.

    `tail`: the hashes of the lines that stand on the block of the tree that is not full, 32 bytes each.
    """

    log = models.CharField(max_length=12)
    last = models.PositiveBigIntegerField(help_text="the last position that was removed: the size of a signed head")
    tail = models.BinaryField()
    keep_years = models.PositiveSmallIntegerField()
    ground = models.TextField()
    removed_at = models.DateTimeField()
    operator = models.CharField(max_length=20)
    public_key = models.BinaryField(max_length=32)
    signature = models.BinaryField(max_length=64)

    class Meta:
        db_table = "logbook_removal"
        constraints = [models.UniqueConstraint(fields=["log", "last"], name="removal_once_per_place")]
