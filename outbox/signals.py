from django.dispatch import Signal

# The receiving server refused the recipient of a message for good, and the message was given up.
#
# Sent with `send_robust` inside the transaction that gives it up, so that what receivers write is
# there if and only if the message is given up, wherever the process is killed. Receivers write in
# a savepoint of their own; what one of them failed to do is found by `Message.objects.refused()`.
#
# sender   outbox.models.Message
# message  Message: `recipient`, `purpose`, `settled_at`
recipient_refused = Signal()
