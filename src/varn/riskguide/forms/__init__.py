"""What people type: an agenda as text or file, and its rows while they are edited."""
