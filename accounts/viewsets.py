from django.http import HttpRequest
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views import users

from .models import User


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


def within_reach(request: HttpRequest, user: User) -> bool:
    """Whether the person may change that account: a superuser's only if they are one."""
    return request.user.is_superuser or not user.is_superuser


class EditView(users.EditView):
    def user_has_permission(self, permission: str) -> bool:
        return within_reach(self.request, self.object) and super().user_has_permission(permission)


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
