from django.db import migrations

from varn.tenancy.operations import Own


class Migration(migrations.Migration):
    dependencies = (("printing", "0001_initial"),)
    operations = (Own("Printing"),)
