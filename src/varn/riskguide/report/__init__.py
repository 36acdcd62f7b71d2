"""The report of one assessment: on paper, as text, and its answers as a case that can be computed again."""
