"""The action plan's pages."""

from django.urls import path

from varn.measures.views import lists, measures

app_name = "measures"
urlpatterns = [
    path("atgarder/", lists.mine, name="mine"),
    path("atgarder/alla/", lists.plan, name="plan"),
    path("atgarder/alla/export/", lists.export, name="export"),
    path("atgarder/vad-vi-har-lovat/", lists.promises, name="promises"),
    path("atgarder/ny/", measures.new, name="new"),
    path("atgarder/<uuid:pk>/", measures.measure, name="measure"),
    path("atgarder/<uuid:pk>/andra/", measures.change, name="change"),
    path("atgarder/<uuid:pk>/folj-upp/", measures.follow_up, name="follow_up"),
    path("atgarder/<uuid:pk>/annat-system/", measures.elsewhere, name="elsewhere"),
]
