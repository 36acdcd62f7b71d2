"""The action plan's pages, and the link that a calendar follows."""

from django.urls import path

from varn.measures.views import calendars, lists, measures, printing

app_name = "measures"
urlpatterns = [
    path("atgarder/", lists.mine, name="mine"),
    path("atgarder/alla/", lists.plan, name="plan"),
    path("atgarder/alla/export/", lists.export, name="export"),
    path("atgarder/alla/skriv-ut/", printing.print_plan, name="print"),
    path("atgarder/alla/utskrift/<uuid:pk>/", printing.printing, name="printing"),
    path("atgarder/alla/utskrift/<uuid:pk>/handlingsplan.pdf", printing.printing_file, name="printing_file"),
    path("atgarder/vad-vi-har-lovat/", lists.promises, name="promises"),
    path("atgarder/kalender/", calendars.calendar, name="calendar"),
    path("atgarder/kalender/ta-bort/", calendars.calendar_revoke, name="calendar_revoke"),
    path("atgarder/ny/", measures.new, name="new"),
    path("atgarder/<uuid:pk>/", measures.measure, name="measure"),
    path("atgarder/<uuid:pk>/atgard.ics", calendars.measure_file, name="file"),
    path("atgarder/<uuid:pk>/andra/", measures.change, name="change"),
    path("atgarder/<uuid:pk>/folj-upp/", measures.follow_up, name="follow_up"),
    path("atgarder/<uuid:pk>/annat-system/", measures.elsewhere, name="elsewhere"),
]

# Outside an organisation's path, and in one language; config/urls.py places it.
FEEDS = [path("l/kalender/<str:token>.ics", calendars.measure_feed, name="measure_feed")]
