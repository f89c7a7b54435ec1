import django.core.validators
import django.db.models.deletion
import modelsearch.index
import taggit.managers
import wagtail.images.models
import wagtail.models.media
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Heartbeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='OtherHelp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jobseeker_text', models.CharField(blank=True, help_text='Empty: they are left out.', max_length=200, verbose_name='what we say to them')),
                ('jobseeker_link', models.CharField(blank=True, max_length=60, verbose_name='words of the link')),
                ('jobseeker_address', models.CharField(blank=True, help_text='A page of this site, like /partners/, or an address that starts with https://', max_length=200, validators=[django.core.validators.RegexValidator('\\A(/(?![/\\\\])|https://[\\w-])\\S*\\Z', 'Enter an address that starts with / or https://')], verbose_name='where it leads')),
                ('jobseeker_words', models.CharField(blank=True, help_text='With commas between them: jobs, vacancies, looking for work.', max_length=500, verbose_name='shown first for these words in a search')),
                ('outside_text', models.CharField(blank=True, help_text='Empty: they are left out.', max_length=200, verbose_name='what we say to them')),
                ('outside_link', models.CharField(blank=True, max_length=60, verbose_name='words of the link')),
                ('outside_address', models.CharField(blank=True, help_text='A page of this site, like /partners/, or an address that starts with https://', max_length=200, validators=[django.core.validators.RegexValidator('\\A(/(?![/\\\\])|https://[\\w-])\\S*\\Z', 'Enter an address that starts with / or https://')], verbose_name='where it leads')),
                ('outside_words', models.CharField(blank=True, help_text='With commas between them: jobs, vacancies, looking for work.', max_length=500, verbose_name='shown first for these words in a search')),
                ('other_text', models.CharField(blank=True, help_text='Empty: they are left out.', max_length=200, verbose_name='what we say to them')),
                ('other_link', models.CharField(blank=True, max_length=60, verbose_name='words of the link')),
                ('other_address', models.CharField(blank=True, help_text='A page of this site, like /partners/, or an address that starts with https://', max_length=200, validators=[django.core.validators.RegexValidator('\\A(/(?![/\\\\])|https://[\\w-])\\S*\\Z', 'Enter an address that starts with / or https://')], verbose_name='where it leads')),
                ('other_words', models.CharField(blank=True, help_text='With commas between them: jobs, vacancies, looking for work.', max_length=500, verbose_name='shown first for these words in a search')),
                ('site', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.CASCADE, to='wagtailcore.site')),
            ],
            options={
                'verbose_name': 'help elsewhere',
            },
        ),
        migrations.CreateModel(
            name='SiteImage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=255, verbose_name='title')),
                ('file', wagtail.images.models.WagtailImageField(height_field='height', upload_to=wagtail.images.models.get_upload_to, verbose_name='file', width_field='width')),
                ('description', models.CharField(blank=True, default='', max_length=255, verbose_name='description')),
                ('width', models.IntegerField(editable=False, verbose_name='width')),
                ('height', models.IntegerField(editable=False, verbose_name='height')),
                ('created_at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='created at')),
                ('focal_point_x', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_y', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_width', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_height', models.PositiveIntegerField(blank=True, null=True)),
                ('file_size', models.PositiveIntegerField(editable=False, null=True)),
                ('file_hash', models.CharField(blank=True, db_index=True, editable=False, max_length=40)),
                ('credit', models.CharField(error_messages={'blank': 'Enter who made the picture'}, help_text='Who made it, as it should be printed.', max_length=120)),
                ('licence', models.CharField(error_messages={'blank': 'Enter by what right we show the picture'}, help_text='By what right we show it, for example a licence.', max_length=120)),
                ('collection', models.ForeignKey(default=wagtail.models.media.get_root_collection_id, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.collection', verbose_name='collection')),
                ('tags', taggit.managers.TaggableManager(blank=True, help_text=None, through='taggit.TaggedItem', to='taggit.Tag', verbose_name='tags')),
                ('uploaded_by_user', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL, verbose_name='uploaded by user')),
            ],
            options={
                'abstract': False,
            },
            bases=(wagtail.images.models.ImageFileMixin, modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='SiteMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(blank=True, help_text='Shown at the top of every page, to everybody, as soon as you save.', max_length=200)),
                ('site', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.CASCADE, to='wagtailcore.site')),
            ],
            options={
                'verbose_name': 'site message',
            },
        ),
        migrations.CreateModel(
            name='PreElectionPeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='first day')),
                ('ends_on', models.DateField(blank=True, help_text='Usually the day of the election. Editors are warned until then, and scheduled pages that feature a councillor wait.', null=True, verbose_name='last day')),
                ('site', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.CASCADE, to='wagtailcore.site')),
            ],
            options={
                'verbose_name': 'pre-election period',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('ends_on', None), ('starts_on', None)), models.Q(('ends_on__isnull', False), ('starts_on__isnull', False), ('starts_on__lte', models.F('ends_on'))), _connector='OR'), name='preelectionperiod_has_both_days_in_order', violation_error_message='Enter both days, the first before the last, or neither')],
            },
        ),
        migrations.CreateModel(
            name='Rendition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('filter_spec', models.CharField(db_index=True, max_length=255)),
                ('file', wagtail.images.models.WagtailImageField(height_field='height', storage=wagtail.images.models.get_rendition_storage, upload_to=wagtail.images.models.get_rendition_upload_to, width_field='width')),
                ('width', models.IntegerField(editable=False)),
                ('height', models.IntegerField(editable=False)),
                ('focal_point_key', models.CharField(blank=True, default='', editable=False, max_length=16)),
                ('image', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='renditions', to='core.siteimage')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('image', 'filter_spec', 'focal_point_key'), name='rendition_unique')],
            },
            bases=(wagtail.images.models.ImageFileMixin, models.Model),
        ),
    ]
