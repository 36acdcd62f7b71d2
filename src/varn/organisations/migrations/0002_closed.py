"""Closes every owned table, and opens the few rows that a key of one's own gives: account, invitee, link."""

from django.db import migrations

from varn.tenancy.operations import Own
from varn.tenancy.within import HERE, held

OWNED = [
    "Body",
    "Person",
    "RegisterKey",
    "Party",
    "Mandate",
    "AccessGrant",
    "CapabilityLink",
    "Invitation",
    "ContactWay",
    "DutyTurn",
    "ImportSource",
    "PeopleImport",
    "Matter",
]


# Swedish order without ICU: å ä ö last, é as e, ü as y; immutable, so it can be indexed. Sort with COLLATE "C".
SWEDISH_ORDER = """
CREATE FUNCTION sv(text) RETURNS text IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
RETURN translate(lower($1), 'åäöéèêüáàëïôñçæø', '{|}eeeyaaeionc|}')
"""

KEYS = f"""
CREATE POLICY own_account ON organisations_person FOR SELECT TO varn_app USING (account_id = {held("account", "::uuid")});
CREATE POLICY own_invitation ON organisations_invitation FOR SELECT TO varn_app
  USING (lower(email) = {held("invitee")} AND accepted_at IS NOT NULL AND joined_at IS NULL);

GRANT SELECT ON organisations_organisation, organisations_contactway TO varn_public;
CREATE POLICY published ON organisations_contactway FOR SELECT TO varn_public USING (organisation_id = {HERE});

GRANT SELECT ON organisations_capabilitylink, organisations_invitation TO varn_public;
GRANT UPDATE (used_at) ON organisations_capabilitylink TO varn_public;
GRANT UPDATE (accepted_at) ON organisations_invitation TO varn_public;
CREATE POLICY by_link ON organisations_capabilitylink FOR SELECT TO varn_app, varn_public
  USING (token_hash = {held("link")});
CREATE POLICY used_by_link ON organisations_capabilitylink FOR UPDATE TO varn_public
  USING (token_hash = {held("link")}) WITH CHECK (token_hash = {held("link")});
CREATE POLICY by_link ON organisations_invitation TO varn_public
  USING (EXISTS (SELECT FROM organisations_capabilitylink link
                 WHERE link.target_id = organisations_invitation.id AND link.token_hash = {held("link")}));

GRANT INSERT ON audit_entry TO varn_public;
-- Only what the holder of a link does with it: a stolen public process writes nobody else's name into a trail.
CREATE POLICY noted ON audit_entry FOR INSERT TO varn_public WITH CHECK (organisation_id = {HERE} AND actor_kind = 'guest'
  AND at BETWEEN now() - interval '5 minutes' AND now() + interval '5 minutes'
  AND EXISTS (SELECT FROM organisations_capabilitylink link
              WHERE link.id = audit_entry.actor_id AND link.organisation_id = audit_entry.organisation_id
                AND link.token_hash = {held("link")}));
"""
BACK = """
DROP POLICY noted ON audit_entry; REVOKE ALL ON audit_entry FROM varn_public;
DROP POLICY by_link ON organisations_invitation;
DROP POLICY used_by_link ON organisations_capabilitylink; DROP POLICY by_link ON organisations_capabilitylink;
DROP POLICY published ON organisations_contactway;
DROP POLICY own_invitation ON organisations_invitation; DROP POLICY own_account ON organisations_person;
REVOKE ALL ON organisations_organisation, organisations_contactway, organisations_capabilitylink,
  organisations_invitation FROM varn_public;
"""


class Migration(migrations.Migration):
    dependencies = (("organisations", "0001_initial"), ("audit", "0002_closed"))
    operations = (
        migrations.RunSQL(SWEDISH_ORDER, "DROP FUNCTION sv(text)"),
        *(Own(name) for name in OWNED),
        migrations.RunSQL(KEYS, BACK),
    )
