"""The guest's pages lie outside an organisation's path; the cookie of the guide is bound to `guide_matter` and below."""

from django.urls import path

from varn.riskguide.guest.views import asking, resulting, saved

PAGES = [
    path("riskguide/", asking.guide_start, name="guide"),
    path("riskguide/bedoma/", asking.guide_matter, name="guide_matter"),
    path("riskguide/bedoma/steg/<int:step>/", asking.guide_step, name="guide_step"),
    path("riskguide/bedoma/resultat/", resulting.guide_result, name="guide_result"),
    path("riskguide/sparad/", saved.guide_saved, name="guide_saved"),
]
