from wagtail.admin.ui.tables import BooleanColumn, Column, LiveStatusTagColumn, UpdatedAtColumn

from core.viewsets import OneAtATime

from .models import Partner


class PartnerViewSet(OneAtATime):
    model = Partner
    icon = "group"
    add_to_admin_menu = True
    menu_order = 220
    list_display = [
        "name",
        Column("get_kind_display", label="Kind", sort_key="kind"),
        Column("role", label="What it does here"),
        BooleanColumn("is_active", label="Active", sort_key="is_active"),
        Column("retired_on", label="Retired on", sort_key="retired_on"),
        LiveStatusTagColumn(),
        UpdatedAtColumn(),
    ]
    list_filter = ["kind", "is_active", "live"]
    search_backend_name = None  # a dozen rows: plain lookups find parts of words too
    search_fields = ["name", "role"]
    ordering = ["order", "name", "pk"]
