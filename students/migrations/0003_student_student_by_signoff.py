from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("students", "0002_student_signed_off_at")]

    operations = [
        migrations.AddIndex(
            model_name="student",
            index=models.Index(fields=["provider", "-signed_off_at"], name="student_by_signoff"),
        ),
    ]
