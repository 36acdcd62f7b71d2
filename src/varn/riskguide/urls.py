from django.urls import path

from varn.riskguide.views import about, agendas, questions, sorting, summary

app_name = "riskguide"
urlpatterns = [
    path("riskguide/", agendas.agendas, name="agendas"),
    path("riskguide/om/", about.about, name="about"),
    path("riskguide/ny/", agendas.new, name="new"),
    path("riskguide/ny/granska/", agendas.preview, name="preview"),
    path("riskguide/<uuid:agenda>/", sorting.sort, name="sort"),
    path("riskguide/<uuid:agenda>/rad/", sorting.row, name="row"),
    path("riskguide/<uuid:agenda>/andra/", agendas.edit, name="edit"),
    path("riskguide/<uuid:agenda>/klart/", summary.summary, name="summary"),
    path("riskguide/<uuid:agenda>/<int:row>/fragor/", questions.questions, name="questions"),
]
