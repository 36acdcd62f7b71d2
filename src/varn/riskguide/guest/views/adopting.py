"""A clerk takes over a guest's assessment, by the link that they were given."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from varn.organisations.forms.rows import saved
from varn.organisations.middleware import MemberRequest
from varn.organisations.rights import Right
from varn.riskguide.assessment.views.pages import done, pointing, refused, to
from varn.riskguide.guest.actions import adopt_assessment
from varn.riskguide.guest.forms import AdoptForm
from varn.riskguide.models import Assessment
from varn.sealing.boxes import token_hash
from varn.tenancy.access import needs


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.MATTER_SORT)
def adopt(request: MemberRequest) -> HttpResponse:
    form = AdoptForm(request.POST or None, member=request.member)

    def act() -> Assessment:
        sent = form.cleaned_data
        matter = form.matters[sent["matter"]] if sent["matter"] else None
        return adopt_assessment(request.member, token_hash=token_hash(sent["link"]), matter=matter, body=sent["body"])

    if (made := saved(form, act)) is not None:
        url = to(request, "assessment", made.pk)
        if said := pointing(request, made.title):
            return refused(request, said, url)
        return done(request, _("Bedömningen är övertagen. Länken till den gäller inte längre."), url)
    return render(request, "riskguide/guest/adopt.html", {"form": form}, status=422 if form.errors else 200)
