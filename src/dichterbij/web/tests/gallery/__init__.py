"""Pages that show every component in every state, for tests and for the eye. Not part of the product's addresses.

DJANGO_SETTINGS_MODULE=dichterbij.web.tests.gallery.settings django-admin runserver
"""
