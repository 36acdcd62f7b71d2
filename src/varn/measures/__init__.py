"""The action plan: what the organisation has promised to do, by whom, until when, and whether it helped."""
