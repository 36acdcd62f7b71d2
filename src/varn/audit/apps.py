from django.apps import AppConfig
from django.db.backends.signals import connection_created


class AuditConfig(AppConfig):
    name = "varn.audit"

    def ready(self) -> None:
        from varn.audit.guard import watch  # needs the app registry

        connection_created.connect(watch, dispatch_uid="varn.audit.guard")
