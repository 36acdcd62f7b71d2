"""Closes every table of the room; a calendar feed is also found by the hash of its link."""

from django.db import migrations

from varn.tenancy.operations import Own
from varn.tenancy.within import held

FEED = f"""
CREATE POLICY by_link ON measures_calendarfeed FOR SELECT TO varn_app
  USING (token_hash = {held("link")});
"""
BACK = "DROP POLICY by_link ON measures_calendarfeed;"


class Migration(migrations.Migration):
    dependencies = (("measures", "0001_initial"), ("organisations", "0005_register_keys"))
    operations = (
        Own("Measure"),
        Own("Reminder"),
        Own("CalendarFeed"),
        migrations.RunSQL(FEED, BACK),
    )
