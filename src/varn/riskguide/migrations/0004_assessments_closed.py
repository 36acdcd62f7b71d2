"""Closes the tables of steps 2 and 3, and opens to the public process the one seat that a colleague's link is for."""

from django.db import migrations

from varn.tenancy.operations import Own
from varn.tenancy.within import held

MINE = f"link.token_hash = {held('link')} AND link.revoked_at IS NULL AND link.expires_at > now()"

# Of the assessment only what it is called and what may still be answered: never an answer of somebody else's, joint or not.
BY_LINK = f"""
GRANT SELECT, UPDATE (answers) ON riskguide_seat TO varn_public;
GRANT SELECT (id, organisation_id, title, edition, step, versions, is_closed) ON riskguide_assessment TO varn_public;
CREATE POLICY by_link ON riskguide_seat TO varn_public
  USING (EXISTS (SELECT FROM organisations_capabilitylink link WHERE link.target_id = riskguide_seat.id AND {MINE}));
CREATE POLICY by_link ON riskguide_assessment FOR SELECT TO varn_public
  USING (EXISTS (SELECT FROM riskguide_seat seat JOIN organisations_capabilitylink link ON link.target_id = seat.id
                 WHERE seat.assessment_id = riskguide_assessment.id AND {MINE}));
"""
BACK = """
DROP POLICY by_link ON riskguide_assessment; DROP POLICY by_link ON riskguide_seat;
REVOKE ALL ON riskguide_seat, riskguide_assessment FROM varn_public;
REVOKE SELECT (id, organisation_id, title, edition, step, versions, is_closed) ON riskguide_assessment FROM varn_public;
REVOKE UPDATE (answers) ON riskguide_seat FROM varn_public;
"""


class Migration(migrations.Migration):
    dependencies = (("riskguide", "0003_assessments"),)
    operations = (Own("Assessment"), Own("Seat"), Own("Closing"), migrations.RunSQL(BY_LINK, BACK))
