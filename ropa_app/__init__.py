"""The register and all it knows: model, storage, rules, exports and imports. Imports no Qt."""

__version__ = "0.1.0"
