import django.db.models.deletion
import wagtail.fields
import wagtail.models.preview
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ImpactFact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('figure', models.CharField(error_messages={'blank': 'Enter the figure'}, help_text='Digits as they should be printed, for example ‘1,023’, ‘40%’ or ‘1 in 3’. It is shown large, so keep to 8 characters.', max_length=8)),
                ('label', models.CharField(error_messages={'blank': 'Enter what the figure counts'}, help_text='What the figure counts, to be read after it, for example ‘people supported into work’. Start with a small letter and leave out ‘up to’.', max_length=80)),
                ('period', models.CharField(error_messages={'blank': 'Enter the period this figure covers'}, help_text='The time it counts, for example ‘2014/15’ or ‘January to November 2015’. It is printed with the figure everywhere, so that nobody takes history for today’s news.', max_length=60)),
                ('nature', models.CharField(choices=[('cumulative', 'Counted up since a date'), ('annual', 'In one year'), ('snapshot', 'As it stood at the time')], default='annual', help_text='Printed on the impact page, for example ‘In one year’. Readers must not add up what was counted up already.', max_length=12, verbose_name='how it counts')),
                ('comparison_figure', models.CharField(blank=True, help_text='The same count at an earlier time, for example ‘816’. With two exact numbers of one kind the impact page draws two bars; ‘60+’ gets a table without bars. Leave it empty if there is nothing to compare with.', max_length=8)),
                ('comparison_period', models.CharField(blank=True, help_text='The period of the earlier figure, for example ‘2013/14’. It is needed if you enter a figure to compare with.', max_length=60)),
                ('source_title', models.CharField(error_messages={'blank': 'Enter where this figure comes from'}, help_text='The document that says so, for example ‘One Year On, report to Council’. A figure without a source cannot be saved.', max_length=200, verbose_name='source')),
                ('source_on', models.DateField(error_messages={'blank': 'Enter the date of the source'}, help_text='The day the document was published, for example 3 December 2015. It is printed after the source.', verbose_name='date of the source')),
                ('source_date_text', models.CharField(blank=True, help_text='Only if a day would say too much, for example ‘2014/15’. It is then printed in place of the date.', max_length=40, verbose_name='date as printed')),
                ('source_url', models.URLField(blank=True, help_text='Where readers find the document, for example https://democracy.islington.gov.uk/. The source becomes a link. Empty: plain text.', verbose_name='address of the source')),
                ('method', wagtail.fields.RichTextField(blank=True, help_text='How it was counted and what was left out, in a sentence or two, for example ‘The count for 2015 stops in November’. Shown on the impact page.')),
                ('stale_after', models.DateField(error_messages={'blank': 'Enter until when this figure may be shown'}, help_text='The last day on which the figure is shown, usually when newer figures are due. After it the figure leaves every page by itself. Editors are told 60 days before.', verbose_name='may be shown until')),
                ('on_home', models.BooleanField(default=False, help_text='Ticked: the home page shows it too. Four figures fit in one row.', verbose_name='on the home page')),
                ('order', models.PositiveSmallIntegerField(default=0, help_text='A whole number, for example 10. Low numbers come first, here and on the home page.')),
                ('owner', models.ForeignKey(blank=True, help_text='The person whom editors ask when the figure gets old. Never shown to the public.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('comparison_figure', ''), ('comparison_period', '')), models.Q(models.Q(('comparison_figure', ''), _negated=True), models.Q(('comparison_period', ''), _negated=True)), _connector='OR'), name='impactfact_comparison_has_a_period', violation_error_message='Enter both the figure to compare with and its period'), models.CheckConstraint(condition=models.Q(models.Q(('period', ''), _negated=True), models.Q(('source_title', ''), _negated=True)), name='impactfact_has_a_period_and_a_source', violation_error_message='Enter the period and the source of this figure')],
            },
            bases=(wagtail.models.preview.PreviewableMixin, models.Model),
        ),
    ]
