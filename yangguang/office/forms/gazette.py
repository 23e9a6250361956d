"""The forms of the gazette: a new issue, and setting a scanned page's text right."""

from django import forms

from yangguang.gazette.models import Issue


class IssueForm(forms.ModelForm):
    class Meta:
        model = Issue
        fields = ("year", "number", "title", "publisher")
        help_texts = {"title": "印在封面上", "publisher": "印在封面上，如 市人民政府办公厅"}


class CorrectionForm(forms.Form):
    """The text of a page as it should read."""

    text = forms.CharField(
        label="文字",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 28, "class": "office-page-text"}),
        help_text="空一行分段；表格一行一行写，格与格之间用 Tab 键的制表符",
    )
