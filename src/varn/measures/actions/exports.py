"""Taking the plan out as a file leaves a trace."""

from django.db.models import QuerySet

from varn.audit.act import note
from varn.audit.actions import action
from varn.measures.models import Measure
from varn.organisations.rights import Member, Right


@action("measure.export", right=Right.MEASURE_READ)
def export_plan(actor: Member, measures: QuerySet[Measure]) -> list[Measure]:
    """The measures, as `queries.lists.narrowed` gives them."""
    rows = list(measures)
    note(n_rows=len(rows))
    return rows
