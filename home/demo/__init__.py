"""Demonstration content as plain data: no Django here, the loader turns it into pages."""
