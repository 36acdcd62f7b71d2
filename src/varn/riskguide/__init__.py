"""Värns riskguide: sorting of matters, assessment, conflict and complexity."""
