"""Agendas of municipal life for the demo, as somebody would paste them. Every place, number and name is made up."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

from varn.audit.act import Actor
from varn.organisations.models import Body
from varn.riskguide.actions import Choice, create_agenda, judge_matters
from varn.riskguide.agenda import read_agenda
from varn.riskguide.models import Agenda
from varn.riskguide.rows import rows_of
from varn.tenancy.within import within


@dataclass(frozen=True, slots=True)
class PastedAgenda:
    """`body` is the body's name; `days` from today to the meeting; `judged` the levels by place from 0 among its matters."""

    organisation_kind: str  # municipality, region, company
    body: str
    days: int
    text: str
    judged: dict[int, str]


EXECUTIVE_BOARD = """\
Kallelse till kommunstyrelsen
Plats och tid: Sammanträdesrum Tallen, kl. 08.30
Ordförande: kallar härmed ledamöterna

§ 140 Upprop och val av justerare
§ 141 Fastställande av dagordning
§ 142 Ny skolstruktur i Norrbyn (KS 2026/118)
Byskolan läggs ned från hösten och eleverna får skolskjuts till centralorten.
§ 143 Vindkraft på Storhöjden, yttrande till länsstyrelsen (KS 2026/87)
Elva verk, tillstyrkan eller veto.
§ 144 Gång- och cykelbro över Lillån (KS 2026/203)
§ 145 Skyddat boende i Prästgården, hyresavtal (KS 2026/211)
§ 146 Svar på remiss om skyddsjakt på varg (KS 2026/176)
§ 147 Taxa för parkering i centrum (KS 2026/190)
Höjning med två kronor i timmen, den fria första timmen tas bort.
§ 148 Detaljplan för Hamnparken, samråd (KS 2025/342)
§ 149 Boende för ensamkommande unga i kvarteret Lotsen (KS 2026/225)
§ 150 Medborgarförslag om fyrverkerifri zon (KS 2026/64)
§ 151 Arvodesregler, justering av text (KS 2026/230)
§ 152 Försäljning av del av Fastigheten Kvarnen 4:12 (KS 2026/199)
§ 153 Delårsrapport per den 31 augusti (KS 2026/233)
§ 154 Anmälan av delegationsbeslut
§ 155 Övriga frågor
"""

EXECUTIVE_BOARD_BEFORE = """\
§ 98 Upprop och val av justerare
§ 99 Ny skolstruktur i Norrbyn, samråd (KS 2026/118)
§ 100 Vindkraft på Storhöjden, information (KS 2026/87)
§ 101 Taxa för parkering i centrum, uppdrag (KS 2026/190)
§ 102 Detaljplan för Hamnparken, planuppdrag (KS 2025/342)
§ 103 Riktlinjer för sociala medier (KS 2026/140)
§ 104 Uppföljning av internkontrollplan (KS 2026/151)
"""

EDUCATION = """\
Barn- och utbildningsnämnden

1. Mötets öppnande
2. Val av justerare
3. Nedläggning av Lillåns förskola (BUN 2026/41)
   Barnen flyttas till Storängens förskola.
4. Ny skolstruktur i Norrbyn, remissvar (BUN 2026/38)
5. Mobilfri skola i årskurs 7–9 (BUN 2026/55)
6. Skolskjutsregler, ändrade avståndsgränser (BUN 2026/49)
7. Klagomål mot undervisningen på Åsskolan (BUN 2026/60)
8. Bokval i svenskan, fråga från vårdnadshavare (BUN 2026/62)
9. Budget 2027 för nämndens verksamheter (BUN 2026/30)
10. Öppen förskola på lördagar, utvärdering (BUN 2026/21)
11. Ansökan om godkännande av fristående förskola (BUN 2026/58)
12. Tillagningskök eller mottagningskök (BUN 2026/47)
13. Lovskola sommaren 2027 (BUN 2026/66)
14. Sammanträdesdagar 2027 (BUN 2026/70)
15. Delegationsbeslut
"""

BUILDING = """\
Bygg- och miljönämnden
Ärendelista

§ 61 Val av justerare
§ 62 Strandskydd: rivning av brygga och bastu i Vikarna (BMN 2026-311)
§ 63 Bygglov för mobilmast vid Ekbackens skola (BMN 2026-287)
§ 64 Bygglov för samlingslokal för trossamfund (BMN 2026-265)
§ 65 Föreläggande om skrotbilar på jordbruksfastighet (BMN 2026-298)
§ 66 Förbud att hålla djur efter upprepade brister (BMN 2026-305)
§ 67 Vindkraft på Storhöjden, bullerutredning (BMN 2026-120)
§ 68 Planbesked för hyreshus på Idrottsvägen (BMN 2026-272)
§ 69 Rivningslov för Folkets hus (BMN 2026-255)
§ 70 Sanktionsavgift för olovligt byggd altan (BMN 2026-301)
§ 71 Uteservering på Stortorget, förlängd tid (BMN 2026-277)
§ 72 Dispens för enskilt avlopp (BMN 2026-290)
§ 73 Taxa för tillsyn 2027 (BMN 2026-240)
§ 74 Anmälningsärenden
"""

REGION_BOARD = """\
Regionstyrelsen

§ 201 Upprop
§ 202 Stängning av akutmottagningen nattetid vid Södra sjukhuset (RS 2026-0812)
§ 203 Ambulansstationen i Fjällsta flyttas (RS 2026-0790)
§ 204 Förlossningsvården samlas till två sjukhus (RS 2026-0655)
§ 205 Vårdval ögonsjukvård, avslutat avtal (RS 2026-0734)
§ 206 Avgift för uteblivet besök höjs (RS 2026-0777)
§ 207 Ungdomsmottagningar, gemensamt arbetssätt (RS 2026-0701)
§ 208 Vaccinationsmottagning i sporthallen, avtal (RS 2026-0820)
§ 209 Nya taxor för sjukresor och färdtjänst (RS 2026-0768)
§ 210 Busslinje 47 dras in på helger (RS 2026-0799)
§ 211 Könsbekräftande vård, remissvar (RS 2026-0682)
§ 212 Inköp av ambulanshelikopter, gemensamt förbund (RS 2026-0744)
§ 213 Månadsrapport oktober (RS 2026-0830)
§ 214 Anmälan av delegationsbeslut
"""

HOUSING_COMPANY = """\
Styrelsen för Granbo Bostäder AB

1. Öppnande
2. Val av protokolljusterare
3. Hyresförhandling 2027
4. Renovering med hyreshöjning i kvarteret Trasten
5. Rivning av Björkgården 2–8
6. Vräkningsärenden, principer
7. Trygghetskameror i garage och tvättstugor
8. Uthyrningspolicy: krav på inkomst
9. Försäljning av radhusen på Lärkstigen
10. Parkeringsavgifter på gårdarna
11. Odlingslotter vid Kvarnbacken tas bort
12. Laddstolpar, etapp 2
13. Störningsjouren, nytt avtal
14. Ekonomisk rapport
15. Övriga frågor
"""

AGENDAS = (
    PastedAgenda(
        "municipality",
        "Kommunstyrelsen",
        -62,
        EXECUTIVE_BOARD_BEFORE,
        {0: "high", 1: "moderate", 2: "low", 3: "moderate", 4: "low", 5: "low"},
    ),
    PastedAgenda("municipality", "Kommunstyrelsen", 15, EXECUTIVE_BOARD, {}),
    PastedAgenda(
        "municipality",
        "Barn- och utbildningsnämnden",
        8,
        EDUCATION,
        {0: "high", 1: "high", 2: "moderate", 3: "moderate", 4: "low", 5: "moderate", 6: "low"},
    ),
    PastedAgenda("municipality", "Bygg- och miljönämnden", 22, BUILDING, {}),
    PastedAgenda("region", "Regionstyrelsen", 12, REGION_BOARD, {0: "high", 1: "high", 2: "high"}),
    PastedAgenda("company", "Styrelsen", 9, HOUSING_COMPANY, {0: "moderate", 1: "high"}),
)


def put_agendas(actor: Actor, kind: str, *, today: date) -> list[Agenda]:
    """Puts this kind of organisation's agendas on those of its bodies that have the names above, and judges as above.

    Running it twice changes nothing. The actor needs matter:sort."""
    with within(actor.organisation_id):
        bodies = {body.name: body for body in Body.objects.all()}
    wanted = [pasted for pasted in AGENDAS if pasted.organisation_kind == kind and pasted.body in bodies]
    return [_put(actor, pasted, bodies[pasted.body], today + timedelta(days=pasted.days)) for pasted in wanted]


def _put(actor: Actor, pasted: PastedAgenda, body: Body, day: date) -> Agenda:
    with within(actor.organisation_id):
        if found := Agenda.objects.filter(body=body, meets_on=day).first():
            return found
        rows = rows_of(read_agenda(pasted.text))
        agenda = create_agenda(actor, key=uuid4(), body=body, meets_on=day, rows=rows)
        choices = [
            Choice(screening.row, pasted.judged[screening.position], "", 0)
            for screening in agenda.screenings.all()
            if screening.position in pasted.judged
        ]
        judge_matters(actor, agenda, choices)
    return agenda
