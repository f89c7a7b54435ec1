import core.fields
import django.db.models.deletion
import modelcluster.fields
import uuid
import wagtail.fields
import wagtail.models.preview
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('partners', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='OfferIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('to_be_confirmed', models.BooleanField(default=False, help_text='Ticked: the page says ‘Demonstration text, to be confirmed by the council’, and a deployment check fails until it is unticked.', verbose_name='demonstration text')),
                ('lede', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='Sector',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True)),
                ('slug', models.SlugField(help_text='Stands in addresses of filters.', max_length=80, unique=True)),
                ('order', models.PositiveSmallIntegerField(default=0, help_text='Low numbers come first.')),
            ],
        ),
        migrations.CreateModel(
            name='OfferPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('to_be_confirmed', models.BooleanField(default=False, help_text='Ticked: the page says ‘Demonstration text, to be confirmed by the council’, and a deployment check fails until it is unticked.', verbose_name='demonstration text')),
                ('summary', models.CharField(error_messages={'blank': 'Enter a summary'}, help_text='Shown on cards and under the title. Plain text.', max_length=160)),
                ('topic', models.CharField(help_text='How the enquiry form names it: ‘Mentoring a young person’.', max_length=60)),
                ('door', models.CharField(choices=[('indigo', 'Indigo'), ('teal', 'Teal'), ('plum', 'Plum'), ('forest', 'Forest'), ('brick', 'Brick'), ('azure', 'Azure')], error_messages={'blank': 'Select a door colour'}, max_length=10, verbose_name='door colour')),
                ('time_needed', models.CharField(error_messages={'blank': 'Enter how much time it takes'}, max_length=40)),
                ('duration', models.CharField(blank=True, max_length=40, verbose_name='how long')),
                ('cost', models.CharField(error_messages={'blank': 'Enter the cost to the employer, or ‘Free’'}, max_length=60)),
                ('where', models.CharField(blank=True, max_length=60)),
                ('good_for', models.CharField(blank=True, max_length=80)),
                ('goals', core.fields.ChoiceListField(blank=True, default=list, help_text='What it helps with. None ticked: everything.')),
                ('sizes', core.fields.ChoiceListField(blank=True, default=list, help_text='Employers of which size it suits. None ticked: all.')),
                ('hours_per_month', models.PositiveSmallIntegerField(blank=True, error_messages={'invalid': 'Enter the hours a month as a whole number'}, null=True)),
                ('what_you_do', wagtail.fields.RichTextField(error_messages={'blank': 'Enter what an employer does'})),
                ('benefits', wagtail.fields.StreamField([('benefit', 3)], block_lookup={0: ('wagtail.blocks.CharBlock', (), {'max_length': 40}), 1: ('wagtail.blocks.CharBlock', (), {'max_length': 160}), 2: ('wagtail.blocks.CharBlock', (), {'help_text': 'Where a figure in the text comes from.', 'max_length': 120, 'required': False}), 3: ('wagtail.blocks.StructBlock', [[('heading', 0), ('text', 1), ('source', 2)]], {})}, help_text='What their business gets.')),
                ('figures', wagtail.fields.StreamField([('fact', 0)], blank=True, block_lookup={0: ('wagtail.snippets.blocks.SnippetChooserBlock', ('impact.ImpactFact',), {'description': 'A figure from the impact facts, with its period and its source', 'preview_template': 'block_previews/fact.html', 'required': False})}, help_text='Impact facts that show what it achieved. A stale one leaves the page by itself.')),
                ('steps', wagtail.fields.StreamField([('step', 0)], block_lookup={0: ('wagtail.blocks.CharBlock', (), {'description': 'What happens, in one sentence', 'max_length': 120, 'preview_template': 'block_previews/offer_step.html', 'preview_value': 'You send us a short enquiry.'})}, help_text='What happens, from the enquiry on.')),
                ('questions', wagtail.fields.StreamField([('question', 2)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'max_length': 120}), 1: ('wagtail.blocks.RichTextBlock', (), {'features': ['ul', 'ol', 'link']}), 2: ('wagtail.blocks.StructBlock', [[('question', 0), ('answer', 1)]], {})})),
                ('involves_under_18s', models.BooleanField(default=False, verbose_name='involves people under 18')),
                ('safeguarding', wagtail.fields.RichTextField(blank=True, help_text='Needed if people under 18 take part.')),
                ('action_label', models.CharField(error_messages={'blank': 'Enter the words on the button'}, help_text='The words on the button: ‘Ask about mentoring’.', max_length=40)),
                ('is_open', models.BooleanField(default=True, help_text='Unticked: the page stays, but employers read the message below instead of the button, and the enquiry form leaves this offer out.', verbose_name='open')),
                ('closed_message', models.CharField(blank=True, help_text='What people see while this is closed. Needed then.', max_length=200)),
                ('checked_on', models.DateField(error_messages={'blank': 'Enter when somebody last checked this page'}, help_text='When somebody last checked this page.', null=True, verbose_name='date checked')),
                ('sectors', modelcluster.fields.ParentalManyToManyField(blank=True, help_text='None chosen: all sectors.', related_name='+', to='offers.sector')),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='OfferLink',
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
                ('role', models.CharField(choices=[('lead', 'Runs it'), ('support', 'Supports it')], default='lead', max_length=10)),
                ('what_we_do', models.CharField(help_text='What this partner does, in a sentence.', max_length=200)),
                ('room', models.CharField(choices=[('now', 'Has room now'), ('from', 'Has room from a date'), ('full', 'Has no room')], default='now', max_length=10)),
                ('from_on', models.DateField(blank=True, null=True, verbose_name='from')),
                ('contact_email', models.EmailField(blank=True, help_text='Where the partner is told of employers for this offer. Not shown to the public.', max_length=254, verbose_name='contact for enquiries')),
                ('confirmed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('latest_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision')),
                ('live_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='live revision')),
                ('locked_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='locked_%(class)ss', to=settings.AUTH_USER_MODEL, verbose_name='locked by')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='offer_links', to='partners.partner')),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='offer_links', to='offers.offerpage')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('partner', 'offer'), name='offerlink_unique', violation_error_message='This partner is linked to this offer already'), models.CheckConstraint(condition=models.Q(models.Q(('room', 'from'), _negated=True), ('from_on__isnull', False), _connector='OR'), name='offerlink_room_from_has_a_date', violation_error_message='Enter from which date there is room')],
            },
            bases=(wagtail.models.preview.PreviewableMixin, models.Model),
        ),
    ]
