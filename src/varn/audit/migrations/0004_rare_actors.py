from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("audit", "0003_found_by"),)
    operations = (
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                fields=["organisation_id", "actor_kind", "at"],
                name="audit_entry_kind",
                condition=models.Q(("actor_kind", "member"), _negated=True),
            ),
        ),
    )
