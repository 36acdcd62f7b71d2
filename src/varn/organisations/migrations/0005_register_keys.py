from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from varn.organisations.registernumbers import register_key


def fill(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Matters that turn out to be one by their numbers stay two; the first by id is found again from now on."""
    Matter = apps.get_model("organisations", "Matter")
    taken = set()
    for matter in Matter.objects.exclude(register_number="").order_by("organisation_id", "id").iterator():
        key = (matter.organisation_id, register_key(matter.register_number))
        if key not in taken:
            taken.add(key)
            Matter.objects.filter(pk=matter.pk).update(register_key=key[1])


class Migration(migrations.Migration):
    dependencies = (("organisations", "0004_imports"),)
    operations = (
        migrations.AddField("matter", "register_key", models.CharField(blank=True, default="", editable=False, max_length=200)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RemoveConstraint("matter", "organisations_matter_register_number"),
        migrations.AddConstraint(
            "matter",
            models.UniqueConstraint(
                condition=~models.Q(register_key=""),
                fields=("organisation_id", "register_key"),
                name="organisations_matter_register_key",
            ),
        ),
    )
