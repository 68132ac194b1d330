"""Data without code, installed as ``ropa_resources``.

Vocabularies, reference law data, layouts, translations, samples and fonts, read through
``ropa_app.paths.resources``.
"""
