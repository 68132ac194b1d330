"""The register file: storage, log, undo, view, search, backup."""
