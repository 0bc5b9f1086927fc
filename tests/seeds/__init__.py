"""The snippets of the public texts, word for word: the quick start, params, V1Param, joins."""
