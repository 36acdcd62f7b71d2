"""A group in the risk guide: saving one own answer against a bare insert, and the group's page with twelve colleagues."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from statistics import median
from uuid import UUID, uuid4

from bench import bulk, measures
from bench.browser import Browser
from bench.load import ask
from bench.sites import Demo, Floor
from bench.table import Row

N_COLLEAGUES = 12
N_SAVED = 60  # answers saved per round
REFRESH_MS = 50.0


@dataclass(frozen=True, slots=True)
class Group:
    """`shown` is an assessment whose answers the group talks about; `seat` the clerk's own in one where all answer alone."""

    shown: UUID
    seat: UUID
    codes: tuple[str, ...]


def group(agenda: UUID, email: str) -> Group:
    """Made anew for each run, of a matter on the bulk's agenda that was judged at the meeting before. Call it as one of the
    demo's own processes."""
    from varn.organisations.models import Organisation, Person
    from varn.organisations.rights import Job
    from varn.riskguide.assessment.actions.running import show_answers, start_assessment
    from varn.riskguide.assessment.actions.seats import invite_by_link, invite_people
    from varn.riskguide.assessment.statements import statements
    from varn.riskguide.models import Screening
    from varn.tenancy.within import within

    organisation = Organisation.objects.get(slug=bulk.SMALL)
    job = Job(organisation.pk)
    with within(organisation.pk):
        line = Screening.objects.select_related("matter").filter(agenda_id=agenda).order_by("row")[0]
        shown, alone = (start_assessment(job, key=uuid4(), matter=line.matter, is_group=True) for _ in range(2))
        for n in range(N_COLLEAGUES):
            invite_by_link(job, shown, key=uuid4(), name=f"Kollega {n}", email="", token=uuid4().hex)
        show_answers(job, shown)
        clerk = Person.objects.get(email=email)
        [seat] = invite_people(job, alone, [clerk])
        codes = tuple(one.code for one in statements(2, alone.edition))
        _answer_all(shown.pk, codes)
        return Group(shown.pk, seat.pk, codes)


def _answer_all(assessment: UUID, codes: tuple[str, ...]) -> None:
    """Each colleague's own answers, as an act would leave them."""
    from varn.audit.actions import action
    from varn.organisations.rights import Job
    from varn.riskguide.models import Seat
    from varn.tenancy.within import current_organisation

    @action("demo.fill", right=None)
    def fill(actor: Job) -> None:
        for n, seat in enumerate(Seat.objects.filter(assessment_id=assessment)):
            Seat.objects.filter(pk=seat.pk).update(answers={code: (n + at) % 4 for at, code in enumerate(codes)})

    fill(Job(current_organisation()))


def rows(demo: Demo, floor: Floor, agenda: UUID) -> list[Row]:
    account = demo.account("clerk", bulk.SMALL)
    made = group(agenda, str(account["email"]))
    clerk = Browser(demo.port).log_in(account)
    return [*_saving(demo, floor, clerk, made), _refreshing(demo, clerk, made)]


def _saving(demo: Demo, floor: Floor, clerk: Browser, made: Group) -> Iterator[Row]:
    page = f"/{bulk.SMALL}/riskguide/svar/{made.seat}/"
    token = clerk.token(page)
    ours = cycle(
        clerk.raw("POST", page, {"set": f"{code}:{value}"}, X_Part="1", X_CSRFToken=token)
        for value in (0, 3)
        for code in made.codes
    )
    theirs = cycle([Browser(floor.port).raw("POST", "/spara", {"value": "high"})])
    pairs = []
    for n_round in range(measures.ROUNDS + 1):
        bare = ask(floor.port, theirs, n=N_SAVED).all_are(200).ms
        mine = ask(demo.port, ours, n=N_SAVED).all_are(200).ms
        if n_round:  # the first warms up
            pairs.append((mine, bare))
    mine, bare = (median(column) for column in zip(*pairs, strict=True))
    ratio = median(ours_ms / floor_ms for ours_ms, floor_ms in pairs)
    raw = {"ours_ms": mine, "floor_ms": bare, "ratio": ratio}
    yield Row("saving one own answer of step 2", f"{mine:.1f} ms = {ratio:.2f} ×", f"{bare:.1f} ms", "≤ 3 ×", ratio <= 3, raw)


def _refreshing(demo: Demo, clerk: Browser, made: Group) -> Row:
    """What the page asks every few seconds; here as if every statement had changed, which is the worst."""
    page = f"/{bulk.SMALL}/riskguide/bedomning/{made.shown}/steg/2/?state=shown&s="
    request = clerk.raw("GET", page, X_Part="1")
    ask(demo.port, cycle([request]), n=5)
    load = ask(demo.port, cycle([request]), n=60).all_are(200)
    figure = f"p95 {load.p95_ms:.0f} ms (median {load.ms:.1f})"
    what = f"the group's page with {N_COLLEAGUES} colleagues, refreshed"
    raw = {"p95_ms": load.p95_ms, "ms": load.ms}
    return Row(what, figure, "–", f"p95 < {REFRESH_MS:.0f} ms", load.p95_ms < REFRESH_MS, raw)
