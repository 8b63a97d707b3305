"""The web room: how every page of the product looks, reads and behaves. It knows no other room.

- `templates/web/base.html` is the layout; `templatetags/web.py` has the components (`{% load web %}`).
- `forms` renders every Django form accessibly and adds a date, an amount and an upload.
- `slots` are the places in the layout that other rooms fill: navigation, organisation, login.
- `themes` and `contrast` give each organisation its colours and mark, and refuse what cannot be read.
- `errors` turns a problem into a page that helps, or into problem+json under `/api`.
- `security` sets the headers; `languages`, `catalogues` and `hyphenation` take care of words.

Rests on: Besluit digitale toegankelijkheid overheid (EN 301 549; we hold WCAG 2.2 AA), Wet gebruik Friese taal and
Invoeringswet openbare lichamen for languages, Awb 2:1 (suitable support: help in the same place on every page).

Settings it needs:
    INSTALLED_APPS: "dichterbij.web" and "django.forms"
    MIDDLEWARE: "dichterbij.web.security.SecurityHeaders" early, "dichterbij.web.limits.BodyLimit" after it,
        "dichterbij.web.errors.Problems" last
    TEMPLATES context processors: "django.template.context_processors.request", "dichterbij.web.context.layout"
    FORM_RENDERER = "dichterbij.web.forms.Renderer"
    FORMAT_MODULE_PATH = "dichterbij.web.formats"
    STATICFILES_DIRS = [("themes", folder / "content/themes") for each data folder that has it, the overlay first]
    CSRF_FAILURE_VIEW = "dichterbij.web.errors.csrf_failure"; handler400, 403, 404, 500 of `errors`
    DEMONSTRATION (the banner) and DATA_FOLDERS (where themes are)
"""
