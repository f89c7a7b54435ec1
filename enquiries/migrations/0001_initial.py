import datetime
import django.core.validators
import django.db.models.deletion
import modelsearch.index
import uuid
import wagtail.fields
import wagtail.models.preview
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('offers', '0001_initial'),
        ('outbox', '0001_initial'),
        ('partners', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PrivacyNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.SlugField(error_messages={'unique': 'There is a version of that name already'}, help_text='For example ‘2026-11’. It stands in the address of the notice.', max_length=20, unique=True)),
                ('in_force_from', models.DateField(error_messages={'unique': 'Another version starts on that day'}, help_text='On this day it takes the place of the version before, by itself.', unique=True)),
                ('body', wagtail.fields.RichTextField(error_messages={'blank': 'Enter the text of the notice'}, verbose_name='text')),
                ('to_be_confirmed', models.BooleanField(default=False, help_text='Ticked: the page says so, and a deployment check fails.', verbose_name='demonstration text')),
            ],
            bases=(wagtail.models.preview.PreviewableMixin, modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='DeskSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('team_name', models.CharField(default='Employer engagement team', max_length=80)),
                ('phone', models.CharField(blank=True, help_text='Shown on every page.', max_length=40)),
                ('opens', models.TimeField(default=datetime.time(9, 0), help_text='Monday to Friday, without bank holidays.')),
                ('closes', models.TimeField(default=datetime.time(17, 0), help_text='What comes in later counts as received the next working day.')),
                ('mailbox', models.EmailField(blank=True, help_text='Shown to the public. Every new enquiry is sent here.', max_length=254)),
                ('backup_mailbox', models.EmailField(blank=True, help_text='Enquiries go here while the mailbox above is empty.', max_length=254)),
                ('reply_promise_days', models.PositiveSmallIntegerField(default=2, help_text='In working days. Each employer is told the date that follows from it.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(20)], verbose_name='reply promise')),
                ('postcode_districts', models.CharField(blank=True, help_text='Like ‘EC1 N1 N7’. An employer with another postcode is told before sending. Empty: nobody is.', max_length=200, verbose_name='postcode districts we serve')),
                ('to_be_confirmed', models.BooleanField(default=False, help_text='Ticked: the contact details say so, and a deployment check fails.', verbose_name='demonstration details')),
                ('site', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.CASCADE, to='wagtailcore.site')),
            ],
            options={
                'verbose_name': 'enquiry desk',
            },
        ),
        migrations.CreateModel(
            name='Enquiry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('idempotency_key', models.UUIDField(editable=False, unique=True)),
                ('quarantined_at', models.DateTimeField(blank=True, null=True)),
                ('quarantine_reason', models.CharField(blank=True, max_length=200)),
                ('created_at', models.DateTimeField(db_index=True)),
                ('anonymise_on', models.DateField()),
                ('reference', models.CharField(max_length=12, unique=True)),
                ('digest', models.CharField(editable=False, help_text='Of the answers, to tell a repeat from a change.', max_length=64)),
                ('organisation', models.CharField(max_length=200)),
                ('size', models.CharField(blank=True, choices=[('1-9', '1 to 9'), ('10-49', '10 to 49'), ('50-249', '50 to 249'), ('250-plus', '250 or more')], max_length=10, verbose_name='people employed')),
                ('postcode', models.CharField(blank=True, max_length=10)),
                ('name', models.CharField(max_length=200)),
                ('role', models.CharField(blank=True, max_length=120, verbose_name='job title')),
                ('email', models.CharField(max_length=254, verbose_name='e-mail address')),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('message', models.TextField(blank=True)),
                ('source', models.CharField(choices=[('site', 'Website'), ('phone', 'Phone'), ('event', 'Event'), ('portal', 'Business Portal')], default='site', max_length=10)),
                ('came_from', models.CharField(blank=True, max_length=200)),
                ('link_version', models.PositiveSmallIntegerField(default=1, editable=False)),
                ('reply_due_on', models.DateField()),
                ('sector', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='offers.sector')),
                ('privacy_notice', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='enquiries.privacynotice')),
            ],
            options={
                'verbose_name_plural': 'enquiries',
                'abstract': False,
                'default_permissions': ('view', 'change'),
            },
        ),
        migrations.CreateModel(
            name='Interest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('topic', models.CharField(max_length=60)),
                ('state', models.CharField(choices=[('new', 'New'), ('with_desk', 'With the desk'), ('handed_over', 'Handed over'), ('accepted', 'Accepted'), ('closed', 'Closed'), ('withdrawn', 'Withdrawn')], default='new', max_length=12)),
                ('state_since', models.DateTimeField()),
                ('due_on', models.DateField()),
                ('enquiry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='interests', to='enquiries.enquiry')),
                ('offer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='offers.offerpage')),
                ('partner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='interests', to='partners.partner')),
            ],
            options={
                'default_permissions': ('view', 'change'),
            },
        ),
        migrations.CreateModel(
            name='TimelineEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('received', 'Received'), ('quarantined', 'Put in quarantine'), ('released', 'Released from quarantine'), ('added_to', 'The employer added something'), ('desk_told', 'Sent to the desk'), ('employer_told', 'Acknowledged to the employer'), ('no_mailbox', 'Not mailed: no mailbox is set'), ('acknowledgement_withheld', 'Not acknowledged: too many mails to this address in a day')], max_length=40)),
                ('text', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('actor', models.ForeignKey(blank=True, help_text='Empty: the employer, or the site itself.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('enquiry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='timeline', to='enquiries.enquiry')),
                ('interest', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='enquiries.interest')),
                ('message', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='outbox.message')),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='WebsiteMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('idempotency_key', models.UUIDField(editable=False, unique=True)),
                ('quarantined_at', models.DateTimeField(blank=True, null=True)),
                ('quarantine_reason', models.CharField(blank=True, max_length=200)),
                ('created_at', models.DateTimeField(db_index=True)),
                ('anonymise_on', models.DateField()),
                ('topic', models.CharField(choices=[('accessibility', 'An accessibility problem'), ('format', 'Information in another format'), ('personal-data', 'My personal data, or a complaint about it'), ('security', 'A security problem'), ('other', 'Something else')], max_length=20, verbose_name='about')),
                ('page', models.CharField(blank=True, max_length=300)),
                ('message', models.TextField()),
                ('name', models.CharField(blank=True, max_length=200)),
                ('email', models.CharField(blank=True, max_length=254, verbose_name='e-mail address')),
                ('handled_at', models.DateTimeField(blank=True, null=True)),
                ('released_at', models.DateTimeField(blank=True, null=True, verbose_name='released from quarantine')),
                ('due_on', models.DateField()),
                ('acknowledgement', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='outbox.message')),
                ('handled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('privacy_notice', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='enquiries.privacynotice')),
                ('released_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'default_permissions': ('view', 'change'),
            },
        ),
        migrations.AddConstraint(
            model_name='interest',
            constraint=models.UniqueConstraint(fields=('enquiry', 'offer'), name='interest_one_an_offer'),
        ),
    ]
