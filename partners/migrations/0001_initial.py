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
        ('core', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Partner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('live', models.BooleanField(default=True, editable=False, verbose_name='live')),
                ('has_unpublished_changes', models.BooleanField(default=False, editable=False, verbose_name='has unpublished changes')),
                ('first_published_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='first published at')),
                ('last_published_at', models.DateTimeField(editable=False, null=True, verbose_name='last published at')),
                ('go_live_at', models.DateTimeField(blank=True, null=True, verbose_name='go live date/time')),
                ('expire_at', models.DateTimeField(blank=True, null=True, verbose_name='expiry date/time')),
                ('expired', models.BooleanField(default=False, editable=False, verbose_name='expired')),
                ('locked', models.BooleanField(default=False, editable=False, verbose_name='locked')),
                ('locked_at', models.DateTimeField(editable=False, null=True, verbose_name='locked at')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(error_messages={'blank': 'Enter the organisation’s name'}, max_length=120, unique=True)),
                ('slug', models.SlugField(error_messages={'blank': 'Enter the last part of its address'}, help_text='Its address: /partners/…/. Links break if it changes.', max_length=120, unique=True)),
                ('kind', models.CharField(choices=[('council-team', 'Council team'), ('employer-network', 'Employer network'), ('recruiter', 'Recruiter'), ('training-or-college', 'Training provider or college'), ('charity', 'Charity'), ('employment-service', 'Employment service'), ('accreditation', 'Accreditation')], max_length=20)),
                ('role', models.CharField(help_text='What it does here in a few words: ‘Mentoring and volunteering’.', max_length=80)),
                ('about', wagtail.fields.RichTextField(blank=True)),
                ('website', models.URLField(blank=True, help_text='Starts with https://', validators=[django.core.validators.URLValidator(['https'], message='Enter an address that starts with https://')])),
                ('public_email', models.EmailField(blank=True, max_length=254, verbose_name='public e-mail')),
                ('public_phone', models.CharField(blank=True, max_length=40)),
                ('is_active', models.BooleanField(default=True, help_text='Unticked: the partner and its offer links leave the public site at once.', verbose_name='active')),
                ('retired_on', models.DateField(blank=True, null=True)),
                ('to_be_confirmed', models.BooleanField(default=False, help_text='Ticked: the page says that the text and the room are still to be confirmed.', verbose_name='demonstration text')),
                ('order', models.PositiveSmallIntegerField(default=0, help_text='Low numbers come first.')),
                ('latest_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision')),
                ('live_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='live revision')),
                ('locked_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='locked_%(class)ss', to=settings.AUTH_USER_MODEL, verbose_name='locked by')),
                ('logo', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.siteimage')),
            ],
            options={
                'abstract': False,
            },
            bases=(wagtail.models.preview.PreviewableMixin, modelsearch.index.Indexed, models.Model),
        ),
    ]
