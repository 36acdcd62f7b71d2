from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("audit", "0002_closed"),)
    operations = (
        migrations.RemoveIndex(model_name="entry", name="audit_entry_at"),
        *(
            migrations.AddIndex(model_name="entry", index=models.Index(fields=fields, name=f"audit_entry_{name}"))
            for name, fields in (
                ("at", ["organisation_id", "at", "id"]),
                ("code", ["organisation_id", "code", "at"]),
                ("actor", ["organisation_id", "actor_id", "at"]),
                ("target", ["organisation_id", "target_id", "at"]),
            )
        ),
    )
