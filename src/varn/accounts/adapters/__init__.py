"""Where django-allauth and Django ask us; the settings name these by their full path."""
