from django.urls import path

from varn.web.views import about, leave, search, start, steps, trail

urlpatterns = [
    path("", about.hub, name="hub"),
    path("lamna", leave.leave, name="leave"),
    path("om/", about.about, name="about"),
    path("tillganglighet/", about.accessibility, name="accessibility"),
    path("start/", start.own_start, name="own_start"),
    path("<slug:slug>/", start.start, name="start"),
    path("<slug:slug>/sok/", search.search, name="search"),
    path("<slug:slug>/logg/", trail.trail, name="trail"),
    path("<slug:slug>/logg/export/", trail.trail_export, name="trail_export"),
    path("<slug:slug>/logg/kedja/", trail.trail_chain, name="trail_chain"),
    path("<slug:slug>/logg/<uuid:pk>/", trail.trail_entry, name="trail_entry"),
    path("<slug:slug>/steg/<slug:step>/", steps.step, name="step"),
]
