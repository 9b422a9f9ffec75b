"""What a page that comes back says about files that were chosen on it."""

from django import template

from portal.files.fields import to_choose_again

register = template.Library()
register.filter(to_choose_again)
