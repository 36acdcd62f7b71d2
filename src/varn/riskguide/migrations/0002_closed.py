from django.db import migrations

from varn.tenancy.operations import Own


class Migration(migrations.Migration):
    dependencies = (("riskguide", "0001_initial"), ("organisations", "0002_closed"))
    operations = (Own("Agenda"), Own("Screening"))
