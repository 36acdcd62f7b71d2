from django.apps import AppConfig


class RiskguideConfig(AppConfig):
    name = "varn.riskguide"
