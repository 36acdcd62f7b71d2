"""The fixed words of the report, Swedish and English. Pure."""

from varn.catalogues.text import Text

TITLE = Text("Riskbedömning: {title}", "Risk assessment: {title}")
HEADING = Text("Riskbedömning", "Risk assessment")
FOOT = Text("Värns riskguide, ej SKR:s · utskrift {day}", "Värn's risk guide, not SKR's · printed {day}")
PAGE = Text("Sida", "Page")

MATTER = Text("Ärende", "Matter")
NUMBER = Text("Diarienummer", "Register number")
NO_NUMBER = Text("inget i Värn", "none in Värn")
BODY = Text("Organ", "Body")
ASSESSED = Text("Bedömt", "Assessed")
EDITION = Text("{day} med Värns riskguide, utgåva {edition}", "{day} with Värn's risk guide, edition {edition}")
OVERALL = Text("samlad nivå", "overall level")
WAYS = Text("Så når du en människa:", "How to reach a human:")
EMERGENCY = Text("Nödläge: 112", "Emergency: 112")
NOT_EMERGENCY = Text("Polisen när det inte är bråttom: 114 14", "Police when it is not urgent: 114 14")

RISK = Text("Risk för konflikt", "Risk of conflict")
PERCENT = Text(", {percent} procent", ", {percent} per cent")
DRIVERS = Text("Det som driver", "What drives it")
NO_DRIVERS = Text("inget svar står över det lägsta", "no answer stands above the lowest")
RANGE = Text("Spännvidd", "Range")
NONE_UNKNOWN = Text("Inget svar i steg 2 är okänt.", "No answer in step 2 is unknown.")
BETWEEN = Text(
    "{low} till {high} procent, om de okända svaren ({n}) i steg 2 vore andra.",
    "{low} to {high} per cent, if the unknown answers ({n}) in step 2 were otherwise.",
)
UNCERTAIN = Text("Det kan bli en annan nivå.", "The level may become another.")
THIN = Text(
    "Underlaget räcker inte för att lita på nivån. Ta reda på mer och bedöm igen.",
    "The basis is too thin to trust the level. Find out more and assess again.",
)
CONFLICT = Text("Konflikt", "Conflict")
COMPLEXITY = Text("Komplexitet", "Complexity")
PROBLEM = Text("Problemtyp", "Kind of problem")
STRATEGY = Text("Strategi", "Strategy")
NO_STEP3 = Text("Steg 3 är inte gjort.", "Step 3 has not been taken.")
STEP3_UNDER_WAY = Text(
    "Steg 3 är inte klart: {n} av {all} gemensamma svar.", "Step 3 is not finished: {n} of {all} joint answers."
)
STAGE = Text(", steg {stage} av 9", ", stage {stage} of 9")
STAGE_AT_LEAST = Text(", minst steg {stage} av 9", ", at least stage {stage} of 9")
SUM = Text(", {sum} av {most}", ", {sum} of {most}")
MEASURES = Text("Valda åtgärder", "Measures chosen")
NO_MEASURES = Text("Inga åtgärder är valda än.", "No measures are chosen yet.")
MORE_MEASURES = Text("och {n} till, se åtgärderna längre fram", "and {n} more, see the measures further on")
BY = Text("{who}, senast {day}", "{who}, by {day}")
NO_DAY = Text("ingen dag satt", "no day set")
NO_OWNER = Text("ingen ansvarig", "nobody responsible")
A_PERSON = Text("en person, se handlingsplanen", "a person, see the action plan")
REVIEW = Text("Nästa bedömning", "Next assessment")

WHY = Text("Varför nivån blev så", "Why the level came out so")
SORTING = Text("Steg 1, sorteringen:", "Step 1, the sorting:")
ADVICE = Text("Råd:", "Advice:")
LOWER = Text("Det som skulle sänka risken", "What would lower the risk")
STATEMENTS = Text("Påståendena och de gemensamma svaren", "The statements and the joint answers")
STEP = Text("Steg {step}: {part}", "Step {step}: {part}")
STATEMENT = Text("Påstående", "Statement")
JOINT = Text("Gemensamt svar", "Joint answer")
SPREAD = Text("Så föll svaren", "How the answers fell")
NOBODY = Text("ingen svarade för sig", "nobody answered alone")
UNKNOWN = Text("Vet inte", "Don't know")
SPREAD_SAID = Text(
    "Var och en svarade först för sig. Siffrorna säger hur många som gav varje svar, aldrig vem.",
    "Each answered alone first. The figures say how many gave each answer, never who.",
)
ALONE_SAID = Text("Svaren är satta utan att någon svarade för sig först.", "Nobody answered alone before these answers were set.")
PICTURE = Text("Konflikt och komplexitet", "Conflict and complexity")
ALT = Text(
    "Diagram: konflikt uppåt, 0 till 9, komplexitet åt höger, 0 till {most}. Senast: konflikt {stage}, komplexitet {sum}. "
    "Alla siffror står i tabellen under.",
    "Chart: conflict upwards, 0 to 9, complexity to the right, 0 to {most}. Latest: conflict {stage}, complexity {sum}. "
    "All figures stand in the table below.",
)
CAPTION = Text("Den fyllda punkten är den här bedömningen.", "The filled point is this assessment.")
OVER_TIME = Text("Nivåerna över tid", "Levels over time")
TOGETHER = Text("Samlat", "Together")
STEP2 = Text("Steg 2", "Step 2")
DETAILS = Text("Åtgärderna", "The measures")
MEASURE = Text("Åtgärd", "Measure")
OWNER = Text("Ansvarig", "Responsible")
DUE = Text("Klart senast", "Due by")
STATE = Text("Läge och uppföljning", "State and follow-up")
NOTE = Text("Anteckning", "Note")
ENDED = Text("Så gick det", "What happened")
CLOSED = Text("Avslutat", "Closed")
HELPED = Text("Hjälpte åtgärderna?", "Did the measures help?")
LESSON = Text("Vad lärde ni er?", "What did you learn?")
RECORD = Text("Materialet", "The material")

COMPUTED = Text("Så räknas nivån", "How the level is computed")
STEP2_SAID = Text(
    "Steg 2: varje svar ger 0 till {scale} poäng gånger frågans vikt. Från {moderate} procent av det högsta möjliga är risken "
    "måttlig, från {high} procent hög. Två frågor med det högsta svaret ger minst {threes}. Ett okänt svar räknas som {unknown}; "
    "{many} okända eller fler ger minst måttlig.",
    "Step 2: each answer gives 0 to {scale} points times the question's weight. From {moderate} per cent of the most possible "
    "the risk is moderate, from {high} per cent high. Two questions with the highest answer give at least {threes}. An unknown "
    "answer counts as {unknown}; {many} unknown or more give at least moderate.",
)
FLOORS = Text("Högsta svaret ger alltid {level}: {questions}.", "The highest answer always gives {level}: {questions}.")
STEP3_SAID = Text(
    "Steg 3: konflikten är det högsta av Glasls nio steg som något svar pekar på; från steg {moderate} är den måttlig, från "
    "steg {high} hög. Komplexiteten är summan av åtta svar; från {c_moderate} är den måttlig, från {c_high} hög.",
    "Step 3: the conflict is the highest of Glasl's nine stages that any answer points to; from stage {moderate} it is moderate, "
    "from stage {high} high. The complexity is the sum of eight answers; from {c_moderate} it is moderate, from {c_high} high.",
)
TOGETHER_SAID = Text(
    "Samlad nivå: den högsta av steg 2 och konflikten. Hög komplexitet lyfter en låg nivå till {level}.",
    "Overall level: the higher of step 2 and the conflict. High complexity lifts a low level to {level}.",
)
JUDGEMENT = Text(
    "Vikter och gränser bygger på omdöme och är inte prövade i forskning. Nivån är ett stöd för samtalet, inget mått och ingen "
    "spådom. Lita på er egen kunskap när den säger något annat.",
    "Weights and limits rest on judgement and are not validated by research. The level supports the conversation; it is no "
    "measurement and no prediction. Trust your own knowledge when it says something else.",
)
KEPT = Text("Det som sparas, och det som inte sparas", "What is recorded, and what is not")
KEPT_SAID = (
    Text(
        "Sparas: guidens utgåva, vad sorteringen sa, de gemensamma svaren, hur svaren föll som antal, anteckningen och de "
        "valda åtgärderna.",
        "Recorded: the guide's edition, what the sorting said, the joint answers, how the answers fell as counts, the note and "
        "the measures chosen.",
    ),
    Text(
        "Sparas inte: vem som svarade vad för sig. De svaren tas bort när det gemensamma är satt.",
        "Not recorded: who answered what alone. Those answers are removed when the joint one is set.",
    ),
    Text(
        "Ärendet bedöms, aldrig människor eller åsikter. Rapporten nämner inga personer vid namn utöver det som någon har "
        "skrivit i ärendets egna texter.",
        "The matter is assessed, never people or opinions. The report names nobody beyond what somebody wrote in the matter's "
        "own texts.",
    ),
    Text(
        "Svaren är arbetsmaterial tills ärendet är avgjort. Då läggs de till akten eller rensas enligt nämndens regel. Filen "
        "själv tas bort ur Värn efter ett dygn.",
        "The answers are working material until the matter is decided. Then they are put in the file or cleared by the "
        "committee's rule. This file is itself removed from Värn after a day.",
    ),
)
