from django.urls import path

from varn.riskguide.assessment.views import answering, group, matter, outcomes, planning, result, seats
from varn.riskguide.guest.urls import PAGES
from varn.riskguide.guest.views import adopting
from varn.riskguide.report import views as report
from varn.riskguide.views import about, agendas, questions, sorting, summary

app_name = "riskguide"
urlpatterns = [
    path("riskguide/", agendas.agendas, name="agendas"),
    path("riskguide/om/", about.about, name="about"),
    path("riskguide/ta-over/", adopting.adopt, name="adopt"),
    path("riskguide/ny/", agendas.new, name="new"),
    path("riskguide/ny/granska/", agendas.preview, name="preview"),
    path("riskguide/utfall/", outcomes.forecast, name="forecast"),
    path("riskguide/utfall/antal/", outcomes.totals, name="totals"),
    path("riskguide/arende/<uuid:matter>/", matter.matter, name="matter"),
    path("riskguide/arende/<uuid:matter>/bedom/", matter.start, name="start"),
    path("riskguide/arende/<uuid:matter>/avsluta/", matter.close, name="close"),
    path("riskguide/arende/<uuid:matter>/oppna/", matter.reopen, name="reopen"),
    path("riskguide/arende/<uuid:matter>/akten/", matter.to_file, name="to_file"),
    path("riskguide/arende/<uuid:matter>/rensa/", matter.clear, name="clear"),
    path("riskguide/arende/<uuid:matter>/i-tidningen/", matter.printed, name="printed"),
    path("riskguide/bedomning/<uuid:pk>/", result.assessment, name="assessment"),
    path("riskguide/bedomning/<uuid:pk>/anteckning/", result.note, name="note"),
    path("riskguide/bedomning/<uuid:pk>/steg/<int:step>/", group.joint, name="joint"),
    path("riskguide/bedomning/<uuid:pk>/visa/", group.show, name="show"),
    path("riskguide/bedomning/<uuid:pk>/vidare/", group.go_on, name="go_on"),
    path("riskguide/bedomning/<uuid:pk>/gruppen/", seats.seats, name="seats"),
    path("riskguide/bedomning/<uuid:pk>/atgarder/", planning.plan, name="plan"),
    path("riskguide/bedomning/<uuid:pk>/rapport/", report.report, name="report"),
    path("riskguide/bedomning/<uuid:pk>/rapport/fil/", report.report_taken, name="report_taken"),
    path("riskguide/rapport/<uuid:pk>/", report.report_printing, name="report_printing"),
    path("riskguide/rapport/<uuid:pk>/riskbedomning.pdf", report.report_file, name="report_file"),
    path("riskguide/plats/<uuid:pk>/lank/", seats.renew, name="renew"),
    path("riskguide/plats/<uuid:pk>/ta-bort/", seats.remove, name="remove"),
    path("riskguide/svar/<uuid:pk>/", answering.answer, name="answer"),
    path("riskguide/<uuid:agenda>/", sorting.sort, name="sort"),
    path("riskguide/<uuid:agenda>/rad/", sorting.row, name="row"),
    path("riskguide/<uuid:agenda>/andra/", agendas.edit, name="edit"),
    path("riskguide/<uuid:agenda>/klart/", summary.summary, name="summary"),
    path("riskguide/<uuid:agenda>/<int:row>/fragor/", questions.questions, name="questions"),
]

# Outside an organisation's path; config/urls.py places them.
LINKED = [path("riskguide/svara/", answering.seat, name="seat"), *PAGES]
