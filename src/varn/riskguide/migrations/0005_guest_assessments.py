import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("riskguide", "0004_assessments_closed"),
    ]

    operations = [
        migrations.CreateModel(
            name="GuestAssessment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("lookup", models.CharField(max_length=64, unique=True)),
                ("title", models.CharField(max_length=200)),
                ("edition", models.CharField(max_length=12)),
                ("own_judgement", models.CharField(blank=True, max_length=8)),
                ("step1", models.JSONField(default=dict)),
                ("joint", models.JSONField(default=dict)),
                ("version", models.PositiveIntegerField(default=1)),
                ("expires_on", models.DateField(db_index=True)),
            ],
        ),
    ]
