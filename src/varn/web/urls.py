from django.urls import path

from varn.web.start import start

urlpatterns = [
    path("", start, name="start"),
]
