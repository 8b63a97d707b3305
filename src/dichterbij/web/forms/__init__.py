"""Forms: one renderer for all of Django's forms, and the fields that Django lacks.

A page writes `<form method="post" novalidate class="dichterbij-form">{% csrf_token %}{{ form }}...</form>`; every field
then has a label, its hint and its error, in that order in its description, and groups are fieldsets. The layout shows
the error summary when the context has a `form` with errors; use `{% error_summary form other %}` for more forms.
"""

from django.forms.renderers import TemplatesSetting

from .fields import AmountField, DateField, UploadField, sometimes
from .problems import FieldProblem, error_text, problems_of

__all__ = [
    "AmountField",
    "DateField",
    "FieldProblem",
    "Renderer",
    "UploadField",
    "error_text",
    "problems_of",
    "sometimes",
]


class Renderer(TemplatesSetting):
    """Renders forms and fields with the components of the design system."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"
    formset_template_name = "web/forms/formset.html"
