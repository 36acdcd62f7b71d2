"""Every address. `/en/…` is the same page in English."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from varn.measures.urls import FEEDS
from varn.organisations.urls import JOINING
from varn.organisations.views import links
from varn.riskguide.urls import LINKED
from varn.web.views import health

urlpatterns = [
    path("halsa", health.alive, name="alive"),
    path("redo", health.ready, name="ready"),
    path("robots.txt", health.robots, name="robots"),
    path("l/<str:token>", links.open_link, name="link_open"),
    *FEEDS,
    *i18n_patterns(
        path("<slug:slug>/", include("varn.riskguide.urls")),  # first, since every keystroke asks
        path("", include("varn.accounts.urls")),
        path("", include(JOINING)),
        path("", include(LINKED)),
        path("", include("varn.web.urls")),
        path("<slug:slug>/", include("varn.measures.urls")),
        path("<slug:slug>/", include("varn.organisations.urls")),
        prefix_default_language=False,
    ),
]
handler404 = "varn.ui.views.not_found"
handler403 = "varn.ui.views.forbidden"
handler400 = "varn.ui.views.bad_request"
handler500 = "varn.ui.views.fault"
