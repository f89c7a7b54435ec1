from django.dispatch import Signal

# Something happened to an enquiry: a timeline entry was added.
#
# Sent with `send_robust` inside the transaction of the change, so that what receivers write is
# there if and only if the change is. Receivers write in a savepoint of their own: one that fails
# loses its own writes and harms no enquiry.
#
# sender  enquiries.models.TimelineEntry
# entry   TimelineEntry
happened = Signal()
