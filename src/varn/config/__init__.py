"""Settings, URLs and the WSGI entry: what binds the rooms into one site."""
