"""Pages of an organisation: settings, one's own page, contact ways."""

from django.urls import path

from varn.organisations.views import bodies, contacts, grants, imports, invitations, joining, mandates, own, people, settings

app_name = "organisations"
urlpatterns = [
    path("kontakt/", contacts.contact, name="contact"),
    path("mina-uppgifter/", own.own, name="own"),
    path("installningar/", settings.settings, name="settings"),
    path("installningar/personer/", people.people, name="people"),
    path("installningar/personer/export/", people.people_export, name="people_export"),
    path("installningar/personer/ny/", people.person_create, name="person_create"),
    path("installningar/personer/<uuid:pk>/", people.person, name="person"),
    path("installningar/personer/<uuid:pk>/andra/", people.person_edit, name="person_edit"),
    path("installningar/personer/<uuid:pk>/avsluta/", people.person_end, name="person_end"),
    path("installningar/personer/<uuid:pk>/ta-bort/", people.person_delete, name="person_delete"),
    path("installningar/personer/<uuid:pk>/angra/", people.person_reopen, name="person_reopen"),
    path("installningar/personer/<uuid:pk>/uppdrag/", mandates.mandate_create, name="mandate_create"),
    path("installningar/personer/<uuid:pk>/behorighet/", grants.grant_create, name="grant_create"),
    path("installningar/personer/<uuid:pk>/bjud-in/", invitations.invitation_send, name="invitation_send"),
    path("installningar/uppdrag/<uuid:pk>/", mandates.mandate_edit, name="mandate_edit"),
    path("installningar/uppdrag/<uuid:pk>/avsluta/", mandates.mandate_end, name="mandate_end"),
    path("installningar/behorighet/<uuid:pk>/avsluta/", grants.grant_end, name="grant_end"),
    path("installningar/vantar/", grants.waiting_grants, name="waiting_grants"),
    path("installningar/vantar/<uuid:pk>/", grants.waiting_grant, name="waiting_grant"),
    path("installningar/vantar/<uuid:pk>/ta-tillbaka/", grants.waiting_withdraw, name="waiting_withdraw"),
    path("installningar/inbjudan/<uuid:pk>/skicka-igen/", invitations.invitation_resend, name="invitation_resend"),
    path("installningar/inbjudan/<uuid:pk>/aterkalla/", invitations.invitation_revoke, name="invitation_revoke"),
    path("installningar/organ/", bodies.bodies, name="bodies"),
    path("installningar/organ/nytt/", bodies.body_create, name="body_create"),
    path("installningar/organ/<uuid:pk>/", bodies.body, name="body"),
    path("installningar/organ/<uuid:pk>/ta-bort/", bodies.body_delete, name="body_delete"),
    path("installningar/partier/", bodies.parties, name="parties"),
    path("installningar/partier/nytt/", bodies.party_create, name="party_create"),
    path("installningar/partier/<uuid:pk>/", bodies.party, name="party"),
    path("installningar/partier/<uuid:pk>/ta-bort/", bodies.party_delete, name="party_delete"),
    path("installningar/import/", imports.import_start, name="import_start"),
    path("installningar/import/<uuid:pk>/blad/", imports.import_sheet, name="import_sheet"),
    path("installningar/import/<uuid:pk>/kolumner/", imports.import_columns, name="import_columns"),
    path("installningar/import/<uuid:pk>/ord/", imports.import_values, name="import_values"),
    path("installningar/import/<uuid:pk>/vem-ar-vem/", imports.import_same, name="import_same"),
    path("installningar/import/<uuid:pk>/andringar/", imports.import_changes, name="import_changes"),
    path("installningar/import/<uuid:pk>/klart/", imports.import_done, name="import_done"),
    path("installningar/import/<uuid:pk>/bjud-in/", imports.import_invite, name="import_invite"),
    path("installningar/import/<uuid:pk>/ta-bort/", imports.import_discard, name="import_discard"),
    path("installningar/kontaktvagar/", contacts.contacts, name="contacts"),
    path("installningar/kontaktvagar/ny/", contacts.way_create, name="way_create"),
    path("installningar/kontaktvagar/kontorstid/", contacts.hours, name="hours"),
    path("installningar/kontaktvagar/<uuid:pk>/", contacts.way, name="way"),
    path("installningar/kontaktvagar/<uuid:pk>/ta-bort/", contacts.way_remove, name="way_remove"),
    path("installningar/jour/nytt/", contacts.turn_create, name="turn_create"),
    path("installningar/jour/<uuid:pk>/", contacts.turn, name="turn"),
    path("installningar/jour/<uuid:pk>/ta-bort/", contacts.turn_remove, name="turn_remove"),
]

# Outside an organisation's path; config/urls.py places them.
JOINING = [
    path("inbjudan/", joining.invitation, name="invitation"),
    path("inbjudan/klar/", joining.invitation_done, name="invitation_done"),
    path("inbjudan/anslut/", joining.invitation_join, name="invitation_join"),
]
