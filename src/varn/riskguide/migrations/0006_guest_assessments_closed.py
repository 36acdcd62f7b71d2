"""Opens a saved guest assessment to whoever holds its link, and what has expired to the nightly cleaning: nothing else.

A row is also written under the link it is for, so that nobody can put rows in another's name or for longer than 30 days.
"""

from django.db import migrations

from varn.tenancy.within import held

LINK = held("link")
TODAY = "(now() AT TIME ZONE 'Europe/Stockholm')::date"
TABLE = "riskguide_guestassessment"
CLOSE = f"""
ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
REVOKE UPDATE ON {TABLE} FROM varn_app;
GRANT UPDATE (title, edition, own_judgement, step1, joint, version) ON {TABLE} TO varn_app, varn_public;
GRANT SELECT, INSERT, DELETE ON {TABLE} TO varn_public;
CREATE POLICY by_link ON {TABLE} TO varn_app, varn_public
  USING (lookup = {LINK} AND expires_on >= {TODAY})
  WITH CHECK (lookup = {LINK} AND expires_on BETWEEN {TODAY} AND {TODAY} + 30);
CREATE POLICY expired ON {TABLE} FOR DELETE TO varn_app USING (expires_on < {TODAY});
"""
OPEN = f"""
DROP POLICY expired ON {TABLE}; DROP POLICY by_link ON {TABLE};
REVOKE ALL ON {TABLE} FROM varn_public;
REVOKE UPDATE (title, edition, own_judgement, step1, joint, version) ON {TABLE} FROM varn_app, varn_public;
GRANT UPDATE ON {TABLE} TO varn_app;
ALTER TABLE {TABLE} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = (("riskguide", "0005_guest_assessments"),)
    operations = (migrations.RunSQL(CLOSE, OPEN),)
