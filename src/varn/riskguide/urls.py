from django.urls import URLPattern

app_name = "riskguide"
urlpatterns: list[URLPattern] = []
