"""What access roles are called and open, in plain words for whoever hands them out."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from varn.organisations.rights import Role

ROLE_LABELS: dict[Role, str | Promise] = {
    Role.REPRESENTATIVE: _("Förtroendevald"),
    Role.GROUP_LEADER: _("Gruppledare"),
    Role.PARTY_CONTACT: _("Partiets trygghetskontakt"),
    Role.CHAIR: _("Ordförande"),
    Role.CLERK: _("Nämndsekreterare"),
    Role.REGISTRAR: _("Registrator"),
    Role.CASE_HANDLER: _("Säkerhetssamordnare"),
    Role.MANAGEMENT: _("Ledning"),
    Role.EDITOR: _("Redaktör"),
    Role.AUDITOR: _("Granskare"),
    Role.ARCHIVIST: _("Arkivarie"),
    Role.ADMINISTRATOR: _("Administratör"),
    Role.ALTERNATE_HANDLER: _("Alternativ handläggare"),
    Role.NETWORK_MANAGER: _("Nätverksledare"),
    Role.ANALYST: _("Analytiker"),
}
ROLE_HINTS: dict[Role, str | Promise] = {
    Role.REPRESENTATIVE: _("Följer av ett pågående uppdrag. Ser sådant som rör alla förtroendevalda, och det egna."),
    Role.GROUP_LEADER: _("Följer av att partiet har utsett personen. Ser också hur ärenden är bedömda."),
    Role.PARTY_CONTACT: _("Följer av att partiet har utsett personen. Visas för partiets förtroendevalda."),
    Role.CHAIR: _("Följer av uppdraget som ordförande. Ser också hur ärenden är bedömda."),
    Role.CLERK: _("Sorterar kommande ärenden i riskguiden, planerar åtgärder och ser listan över personer."),
    Role.REGISTRAR: _("Ser hur ärenden är bedömda, och listan över personer."),
    Role.CASE_HANDLER: _(
        "Tar emot och handlägger rapporter om hot och våld. Sorterar ärenden, planerar åtgärder och sköter kontaktvägarna. "
        "Kräver inloggning i två steg."
    ),
    Role.MANAGEMENT: _("Ser hela handlingsplanen, och summor för organisationen, men aldrig enskilda händelser."),
    Role.EDITOR: _("Skriver och publicerar organisationens egna sidor."),
    Role.AUDITOR: _("Läser spårningen: vem som har gjort vad och när, aldrig vad som har skrivits."),
    Role.ARCHIVIST: _("Sköter registrering, gallring och arkivering."),
    Role.ADMINISTRATOR: _(
        "Sköter personer, organ, partier och behörigheter. Ser alla personer, även med skyddade uppgifter, men inga ärenden "
        "om hot och våld. Kräver inloggning i två steg."
    ),
    Role.ALTERNATE_HANDLER: _(
        "Tar emot rapporter som rör de ordinarie handläggarna, till exempel en jurist eller en grannkommun. "
        "Kräver inloggning i två steg."
    ),
    Role.NETWORK_MANAGER: _("Leder de nationella nätverken och deras möten."),
    Role.ANALYST: _("Jämför landets kommuner och regioner, alltid i summor."),
}
