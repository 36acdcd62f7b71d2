import uuid

import django.db.models.deletion
from django.db import migrations, models

import varn.tenancy.models
import varn.tenancy.within
from varn.tenancy.operations import Own


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0005_register_keys"),
    ]

    operations = [
        migrations.CreateModel(
            name="WaitingGrant",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("organisation_id", models.UUIDField(default=varn.tenancy.within.current_organisation, editable=False)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("representative", "representative"),
                            ("group_leader", "group_leader"),
                            ("party_contact", "party_contact"),
                            ("chair", "chair"),
                            ("clerk", "clerk"),
                            ("registrar", "registrar"),
                            ("case_handler", "case_handler"),
                            ("management", "management"),
                            ("editor", "editor"),
                            ("auditor", "auditor"),
                            ("archivist", "archivist"),
                            ("administrator", "administrator"),
                            ("alternate_handler", "alternate_handler"),
                            ("network_manager", "network_manager"),
                            ("analyst", "analyst"),
                        ],
                        max_length=20,
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("proposed_on", models.DateField()),
                (
                    "person",
                    varn.tenancy.models.OwnedForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="waiting_grants",
                        to="organisations.person",
                    ),
                ),
                (
                    "proposed_by",
                    varn.tenancy.models.OwnedForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organisations.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organisation_id", "person", "role"), name="organisations_waiting_grant_once")
                ],
            },
        ),
        Own("WaitingGrant"),
    ]
