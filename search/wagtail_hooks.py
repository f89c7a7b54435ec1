from wagtail import hooks


@hooks.register("construct_reports_menu")
def no_report_of_search_terms(request, menu_items: list) -> None:
    """What visitors search for is not stored, so the report would always be empty."""
    menu_items[:] = [item for item in menu_items if item.name != "search-terms"]
