"""Files on paper that a job makes: asked for by a room, shown how far they are, gone after a day (docs/adr/0013)."""
