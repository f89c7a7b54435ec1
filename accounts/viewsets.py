from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from wagtail.admin.widgets.button import Button
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views import users

from . import admin_views
from .permissions import may_remove_second_factors, within_reach


class NewUserForm(UserCreationForm):
    """Superusers are made on the command line only: the CMS cannot raise anybody to one."""

    is_superuser = None

    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields - {"is_superuser"}


class ChangedUserForm(UserEditForm):
    is_superuser = None

    def __init__(self, *args, editing_self: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if editing_self:
            del self.fields["is_active"]  # as Wagtail has it: nobody locks themselves out

    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields - {"is_superuser"}


class EditView(users.EditView):
    def user_has_permission(self, permission: str) -> bool:
        return within_reach(self.request, self.object) and super().user_has_permission(permission)

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = super().header_more_buttons
        if may_remove_second_factors(self.request, self.object):
            address = reverse("wagtailusers_users:remove_second_factors", args=[self.object.pk])
            buttons.append(
                Button("Remove second factors", url=address, icon_name="key", priority=30)
            )
        return buttons


class DeleteView(users.DeleteView):
    def user_has_permission(self, permission: str) -> bool:
        return within_reach(self.request, self.get_object()) and super().user_has_permission(
            permission
        )


class UserViewSet(users.UserViewSet):
    edit_view_class = EditView
    delete_view_class = DeleteView

    def get_form_class(self, for_update: bool = False) -> type:
        return ChangedUserForm if for_update else NewUserForm

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path(
                "remove_second_factors/<int:pk>/",
                admin_views.remove_second_factors,
                name="remove_second_factors",
            ),
        ]
