"""The pages of parcels, each its maker's alone: how far it is, the download, and all that are kept."""

from mimetypes import guess_type

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from portal.history.models import Event
from portal.parcels.models import Parcel
from portal.parcels.tasks import pack
from portal.pdf import disposition
from portal.workflow import SomebodyWasQuicker

PAGE = 50


def parcel_or_404(request, pk) -> Parcel:
    return get_object_or_404(Parcel.objects.visible_to(request.user).select_related("by", "provider"), pk=pk)


def parcel_list(request):
    page = Paginator(Parcel.objects.visible_to(request.user), PAGE).get_page(request.GET.get("page"))
    return render(request, "parcels/parcel_list.html", {"page": page, "kept_days": Parcel.KEPT_DAYS})


def parcel_detail(request, pk):
    return render(request, "parcels/parcel_detail.html", shown(parcel_or_404(request, pk)))


def parcel_progress(request, pk):
    """The same without its frame, for the script of the page that waits."""
    parcel = parcel_or_404(request, pk)
    if request.headers.get("X-Requested-With") != "fetch":
        return redirect("parcel_detail", pk)
    return render(request, "parcels/parcel_body.html", shown(parcel))


def shown(parcel: Parcel) -> dict:
    """Its history tells whether a file that is gone was deleted by its maker or by the clock."""
    events = [] if parcel.is_working else list(Event.objects.about(parcel))
    deleted = parcel.status == Parcel.Status.GONE and bool(events) and events[0].by_id is not None
    return {"parcel": parcel, "events": events, "deleted_by_maker": deleted}


def parcel_download(request, pk):
    parcel = parcel_or_404(request, pk)
    if parcel.status != Parcel.Status.READY:
        return redirect("parcel_detail", pk)
    content_type = guess_type(parcel.file_name)[0] or "application/octet-stream"
    response = StreamingHttpResponse(parcel.content(), content_type=content_type)
    response["Content-Disposition"] = disposition(parcel.file_name)
    response["Content-Length"] = parcel.size
    response["Content-Encoding"] = "identity"  # PDFs and ZIPs are small already, and the length shall be known
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def parcel_cancel(request, pk):
    return act(request, pk, Parcel.cancel)


@require_POST
def parcel_forget(request, pk):
    return act(request, pk, Parcel.forget)


@require_POST
def parcel_again(request, pk):
    return act(request, pk, Parcel.try_again, then=pack)


def act(request, pk, verb, then=None):
    parcel = parcel_or_404(request, pk)
    try:
        verb(parcel, by=request.user)
    except SomebodyWasQuicker as quicker:
        messages.error(request, str(quicker))
    else:
        if then:
            then.enqueue(parcel.pk)
    return redirect("parcel_detail", pk)
