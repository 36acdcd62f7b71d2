from django.urls import path

from varn.web.views import about, leave

urlpatterns = [
    path("", about.hub, name="hub"),
    path("lamna", leave.leave, name="leave"),
    path("om/", about.about, name="about"),
    path("tillganglighet/", about.accessibility, name="accessibility"),
]
