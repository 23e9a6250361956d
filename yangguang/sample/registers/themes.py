"""The registers that every unit keeps in the sample, and those that every district keeps besides."""

OF_EVERY_UNIT = (
    "administrative-penalties",
    "administrative-permits",
    "random-inspection-items",
    "random-inspection-results",
    "powers-and-duties",
    "permit-items",
    "hearing-catalogue",
    "intermediary-services",
    "administrative-fees",
    "enterprise-service-fees",
    "statistics-releases",
    "transformation-subsidies",
    "cancelled-powers",
    "post-registration-approvals",
    "major-project-progress",
    "environmental-governance",
    "safety-enforcement",
)
OF_EVERY_DISTRICT = (
    "fiscal-budget",
    "economic-indicators",
    "consumer-market",
    "social-assistance",
    "lottery-fund",
    "school-enrolment",
    "school-places",
    "school-points-results",
    "medical-prices",
    "infectious-diseases",
    "food-licensing",
    "food-drug-inspections",
    "product-spot-checks",
    "housing-sales",
    "affordable-housing",
    "shantytown-renewal",
    "black-odorous-water",
    "environment-quality",
    "key-polluters",
    "major-hazards",
    "social-insurance-coverage",
    "major-projects",
    "ppp-promotion",
)


def theme_of(name: str) -> str:
    """The register that a unit's own (<register>-<unit>) was made from; any other name is its own theme."""
    made_from = [theme for theme in (*OF_EVERY_UNIT, *OF_EVERY_DISTRICT) if name.startswith(f"{theme}-")]
    return max(made_from, key=len, default=name)
