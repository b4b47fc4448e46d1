"""The grammar of deadline phrases, from signs to meaning.

`tokens` and `tidy` cut a phrase into words, numbers and marks; `words` lists the words that
count. `days`, `periods`, `occasions` name moments; `ends`, `relative`, `recurring` make items
of them; `joining` says what the items come to. Every reader yields all places it may end at,
so that two ways to read a phrase can't hide each other.
"""
