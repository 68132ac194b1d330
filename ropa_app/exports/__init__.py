"""Workbooks and PDFs made from a register: for authorities, for customers, for everything."""
