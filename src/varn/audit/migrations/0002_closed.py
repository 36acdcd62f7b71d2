from django.db import migrations

from varn.tenancy.operations import Own


class Migration(migrations.Migration):
    dependencies = (("audit", "0001_initial"),)
    operations = (
        Own("Entry", append_only=True, tied=False),
        Own("Link", append_only=True, tied=False),
        Own("Head", append_only=True, tied=False),
    )
