from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "varn.accounts"

    def ready(self) -> None:
        from varn.accounts.adapters import listening

        listening.connect()
