import django.db.models.deletion
import modelcluster.contrib.taggit
import modelcluster.fields
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0001_initial'),
        ('offers', '0001_initial'),
        ('partners', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseStudyIndexPage',
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
            name='CaseStudyTag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, unique=True, verbose_name='name')),
                ('slug', models.SlugField(allow_unicode=True, max_length=100, unique=True, verbose_name='slug')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CaseStudyPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('to_be_confirmed', models.BooleanField(default=False, help_text='Ticked: the page says ‘Demonstration text, to be confirmed by the council’, and a deployment check fails until it is unticked.', verbose_name='demonstration text')),
                ('employer_name', models.CharField(error_messages={'blank': 'Enter the employer’s name'}, max_length=120)),
                ('employer_website', models.URLField(blank=True)),
                ('is_example', models.BooleanField(default=False, help_text='Ticked: ‘(example)’ is printed after the name on every page.', verbose_name='example')),
                ('size', models.CharField(blank=True, choices=[('1-9', '1 to 9'), ('10-49', '10 to 49'), ('50-249', '50 to 249'), ('250-plus', '250 or more')], help_text='Needed if the employer approved the story.', max_length=10, verbose_name='people employed')),
                ('district', models.CharField(blank=True, help_text='For example ‘N1C’.', max_length=20)),
                ('summary', models.CharField(error_messages={'blank': 'Enter a summary'}, help_text='Shown under the title and on cards.', max_length=220)),
                ('results', wagtail.fields.StreamField([('result', 4)], block_lookup={0: ('wagtail.blocks.CharBlock', (), {'max_length': 8}), 1: ('wagtail.blocks.CharBlock', (), {'max_length': 60}), 2: ('wagtail.blocks.CharBlock', (), {'max_length': 40}), 3: ('wagtail.blocks.CharBlock', (), {'max_length': 120, 'required': False}), 4: ('wagtail.blocks.StructBlock', [[('figure', 0), ('label', 1), ('period', 2), ('source', 3)]], {})}, help_text='One to three figures.')),
                ('challenge', wagtail.fields.RichTextField(error_messages={'blank': 'Enter what the problem was'})),
                ('what_they_did', wagtail.fields.RichTextField(error_messages={'blank': 'Enter what the employer did'})),
                ('what_changed', wagtail.fields.RichTextField(error_messages={'blank': 'Enter what changed'})),
                ('what_was_hard', wagtail.fields.RichTextField(blank=True, help_text='Needed if the employer approved the story. Readers trust honesty.')),
                ('advice', wagtail.fields.RichTextField(blank=True, verbose_name='advice to other employers')),
                ('quotes', wagtail.fields.StreamField([('quote', 3)], blank=True, block_lookup={0: ('wagtail.blocks.TextBlock', (), {'help_text': 'Without quotation marks.', 'max_length': 280, 'rows': 3}), 1: ('wagtail.blocks.CharBlock', (), {'help_text': 'A name, or what they do.', 'max_length': 80}), 2: ('wagtail.blocks.CharBlock', (), {'max_length': 80, 'required': False}), 3: ('wagtail.blocks.StructBlock', [[('text', 0), ('person', 1), ('role', 2)]], {})})),
                ('time_given', models.CharField(blank=True, max_length=60)),
                ('started_on', models.DateField(blank=True, help_text='Any day of the month; the day is not shown.', null=True, verbose_name='started')),
                ('image_alt', models.CharField(blank=True, help_text='For people who cannot see it.', max_length=140, verbose_name='what the picture shows')),
                ('image_is_decorative', models.BooleanField(default=False, verbose_name='the picture only decorates')),
                ('basis', models.CharField(choices=[('employer-approval', 'The employer approved it'), ('published-source', 'A published source says so')], error_messages={'blank': 'Select what the story rests on'}, max_length=20)),
                ('source_title', models.CharField(blank=True, max_length=200, verbose_name='source')),
                ('source_on', models.DateField(blank=True, null=True, verbose_name='date of the source')),
                ('source_url', models.URLField(blank=True, verbose_name='address of the source')),
                ('review_on', models.DateField(error_messages={'blank': 'Enter when somebody must check that it still holds'}, help_text='When somebody must check that it still holds: usually in 24 months.', null=True)),
                ('features_councillor', models.BooleanField(default=False, help_text='Ticked: held back in the weeks before an election.', verbose_name='a councillor speaks or is shown')),
                ('staff_notes', models.TextField(blank=True, help_text='Never shown to the public.')),
                ('image', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.siteimage')),
                ('partners', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='case_studies', to='partners.partner')),
                ('sector', models.ForeignKey(error_messages={'blank': 'Select the employer’s sector'}, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='offers.sector')),
                ('story_owner', models.ForeignKey(blank=True, help_text='Who is asked to check it.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='CaseStudyOffer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('featured', models.BooleanField(default=False, help_text='Show it first on the offer’s page.')),
                ('offer', models.ForeignKey(error_messages={'blank': 'Select what they did', 'null': 'Select what they did'}, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='offers.offerpage')),
                ('case_study', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='did', to='casestudies.casestudypage')),
            ],
            options={
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TaggedCaseStudy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_object', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='tagged_items', to='casestudies.casestudypage')),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tagged', to='casestudies.casestudytag')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='casestudypage',
            name='tags',
            field=modelcluster.contrib.taggit.ClusterTaggableManager(blank=True, help_text='A comma-separated list of tags.', through='casestudies.TaggedCaseStudy', to='casestudies.CaseStudyTag', verbose_name='Tags'),
        ),
    ]
