import django.db.models.functions.datetime
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Mailbox',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.EmailField(help_text='As it was typed.', max_length=254, verbose_name='email address')),
                ('wire_address', models.CharField(editable=False, max_length=320, unique=True)),
                ('proven_at', models.DateTimeField(null=True)),
                ('code_hash', models.CharField(blank=True, max_length=120)),
                ('code_expires_at', models.DateTimeField(null=True)),
                ('code_tries', models.PositiveSmallIntegerField(default=0, help_text='Wrong ones.')),
                ('codes_since', models.DateTimeField(help_text='When the hour of its codes began.', null=True)),
                ('codes_sent', models.PositiveSmallIntegerField(default=0, help_text='In that hour.')),
                ('bounced_at', models.DateTimeField(null=True)),
                ('bounced_why', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'verbose_name_plural': 'mailboxes',
                'constraints': [models.CheckConstraint(condition=models.Q(('wire_address', ''), _negated=True), name='mailbox_can_be_mailed'), models.CheckConstraint(condition=models.Q(models.Q(('code_expires_at__isnull', True), ('code_hash', '')), models.Q(models.Q(('code_hash', ''), _negated=True), ('code_expires_at__isnull', False)), _connector='OR'), name='mailbox_code_expires')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('channel', models.CharField(choices=[('mail', 'E-mail'), ('portal', 'Business Portal')], max_length=10)),
                ('purpose', models.CharField(help_text='Code of what the message is for.', max_length=60)),
                ('dedupe_key', models.CharField(max_length=200, unique=True)),
                ('recipient', models.CharField(max_length=320)),
                ('sender', models.CharField(blank=True, max_length=320)),
                ('reply_to', models.CharField(blank=True, max_length=320)),
                ('subject', models.CharField(blank=True, max_length=998)),
                ('body', models.TextField(blank=True)),
                ('body_html', models.TextField(blank=True)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('sent', 'Sent'), ('dead', 'Given up')], default='waiting', max_length=10)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('next_attempt_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('lease_token', models.UUIDField(editable=False, null=True)),
                ('last_error', models.TextField(blank=True)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('give_up_from', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), help_text='From when the time counts after which it is given up.')),
                ('settled_at', models.DateTimeField(null=True)),
                ('recipient_refused', models.BooleanField(default=False)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['channel', 'next_attempt_at'], name='message_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('settled_at__isnull', False)), _connector='OR'), name='message_settled_or_waiting'), models.CheckConstraint(condition=models.Q(('recipient_refused', False), ('state', 'dead'), _connector='OR'), name='message_refused_is_dead')],
            },
        ),
    ]
