"""The guide for anyone, without an account: all three steps in the browser, kept by a link only if they ask for it. Pure."""
