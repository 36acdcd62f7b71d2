"""Log-in: accounts, sessions, second factors. Knows no organisation."""
