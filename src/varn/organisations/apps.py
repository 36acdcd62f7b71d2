from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "varn.organisations"

    def ready(self) -> None:
        from varn.accounts import hooks
        from varn.organisations import adapters

        hooks.register(ask=adapters.requirements_of, tell=adapters.told, expect=adapters.adopt_invitations)
