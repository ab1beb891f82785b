"""Sphinx configuration."""

project = "newsparse"
author = "The newsparse authors"
copyright = "2026, the newsparse authors"  # noqa: A001 -- the name that Sphinx reads
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_enable_extensions = ["deflist", "colon_fence"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = "newsparse"
exclude_patterns = ["_build"]
autodoc_typehints = "description"
autodoc_member_order = "bysource"
python_use_unqualified_type_names = True
napoleon_use_ivar = True
# Names that have no page of their own to link to.
nitpick_ignore_regex = [
    ("py:.*", r"(?:datetime.*|BrokenProcessPool|optional|Self|T|Any|tuple|etree\._Element|lxml\..*|bs4\..*|collections\..*|os\..*)"),
]
