"""The five steps of Uppsala's toolbox, which are Värn's navigation, by the word in their address. Pure.

Source: SKR's page on preventive work, which describes the toolbox (read 2024-07-03).
"""

STEPS = ("vagledning", "utbildning", "stod", "uppfoljning", "utveckling")
