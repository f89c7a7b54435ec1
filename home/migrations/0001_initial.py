import django.db.models.deletion
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('casestudies', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='AccessibilityStatementPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('to_be_confirmed', models.BooleanField(default=False, help_text='Ticked: the page says ‘Demonstration text, to be confirmed by the council’, and a deployment check fails until it is unticked.', verbose_name='demonstration text')),
                ('lede', models.CharField(blank=True, max_length=200)),
                ('body', wagtail.fields.RichTextField(error_messages={'blank': 'Enter the text of the page'})),
                ('prepared_on', models.DateField(error_messages={'blank': 'Enter when the statement was prepared'}, null=True)),
                ('reviewed_on', models.DateField(error_messages={'blank': 'Enter when somebody last checked the statement'}, help_text='At least once every 12 months. After that a deployment check fails.', null=True, verbose_name='last reviewed on')),
                ('preparation', wagtail.fields.RichTextField(error_messages={'blank': 'Enter how the website was tested'}, help_text='Printed below the dates, at the end.', verbose_name='how it was prepared')),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='CookiesPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('to_be_confirmed', models.BooleanField(default=False, help_text='Ticked: the page says ‘Demonstration text, to be confirmed by the council’, and a deployment check fails until it is unticked.', verbose_name='demonstration text')),
                ('lede', models.CharField(blank=True, max_length=200)),
                ('body', wagtail.fields.RichTextField(error_messages={'blank': 'Enter the text of the page'})),
                ('after', wagtail.fields.RichTextField(blank=True, verbose_name='text below the list')),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='PlainPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('to_be_confirmed', models.BooleanField(default=False, help_text='Ticked: the page says ‘Demonstration text, to be confirmed by the council’, and a deployment check fails until it is unticked.', verbose_name='demonstration text')),
                ('lede', models.CharField(blank=True, max_length=200)),
                ('body', wagtail.fields.RichTextField(error_messages={'blank': 'Enter the text of the page'})),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='HomePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('to_be_confirmed', models.BooleanField(default=False, help_text='Ticked: the page says ‘Demonstration text, to be confirmed by the council’, and a deployment check fails until it is unticked.', verbose_name='demonstration text')),
                ('hero_lede', models.CharField(max_length=200, verbose_name='opening text')),
                ('offers_title', models.CharField(max_length=80)),
                ('offers_intro', models.CharField(blank=True, max_length=200)),
                ('impact_title', models.CharField(max_length=80)),
                ('steps_title', models.CharField(max_length=80)),
                ('steps', wagtail.fields.StreamField([('step', 2)], block_lookup={0: ('wagtail.blocks.CharBlock', (), {'max_length': 60}), 1: ('wagtail.blocks.CharBlock', (), {'max_length': 160}), 2: ('wagtail.blocks.StructBlock', [[('heading', 0), ('text', 1)]], {})})),
                ('stories_title', models.CharField(max_length=80, verbose_name='case studies title')),
                ('partners_title', models.CharField(max_length=80)),
                ('partners_intro', models.CharField(blank=True, max_length=200)),
                ('contact_title', models.CharField(max_length=80)),
                ('contact_lede', models.CharField(blank=True, max_length=200)),
                ('featured_case_study', models.ForeignKey(blank=True, help_text='Its first quote and figure are shown large.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='casestudies.casestudypage')),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='SecurityContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('contact', models.EmailField(blank=True, help_text='Read on every working day.', max_length=254)),
                ('expires_on', models.DateField(blank=True, help_text='Within a year. Before this day somebody checks that the address is still read.', null=True, verbose_name='holds until')),
                ('site', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.CASCADE, to='wagtailcore.site')),
            ],
            options={
                'verbose_name': 'security contact',
            },
        ),
    ]
