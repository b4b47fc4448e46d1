"""TCVN3 (the ABC fonts): one byte a letter, as Vietnamese was written before Unicode.

Capitals with a tone have no byte of their own: a font of capitals shows the small letter's. The
table is that of TCVN 5712:1993, VN3.
"""

from __future__ import annotations

import codecs

NAME = "tcvn3"

_LETTERS = (
    "ĂÂÊÔƠƯĐăâêôơưđ??????àảãáạ?ằẳẵắ???????ặầẩẫấậè?ẻẽéẹề"
    "ểễếệìỉ???ĩíịò?ỏõóọồổỗốộờởỡớợù?ủũúụừửữứựỳỷỹýỵ?"
)
_TABLE = (
    "".join(map(chr, range(128)))
    + "\ufffe" * 32
    + "\N{NO-BREAK SPACE}"
    + _LETTERS.replace("?", "\ufffe")
)
_BYTES = codecs.charmap_build(_TABLE)


class _Decoder(codecs.IncrementalDecoder):
    def decode(self, data: bytes, final: bool = False) -> str:  # type: ignore[override]  # noqa: FBT001, FBT002 - codecs' own
        del final
        return codecs.charmap_decode(data, self.errors, _TABLE)[0]


class _Encoder(codecs.IncrementalEncoder):
    def encode(self, text: str, final: bool = False) -> bytes:  # noqa: FBT001, FBT002 - codecs' own
        del final
        return codecs.charmap_encode(text, self.errors, _BYTES)[0]


def register() -> None:
    """Let files be opened as `tcvn3`."""
    codecs.register(_found)


def _found(name: str) -> codecs.CodecInfo | None:
    if name != NAME:
        return None
    return codecs.CodecInfo(
        name=NAME,
        encode=lambda text, errors="strict": codecs.charmap_encode(text, errors, _BYTES),
        decode=lambda data, errors="strict": codecs.charmap_decode(bytes(data), errors, _TABLE),
        incrementalencoder=_Encoder,
        incrementaldecoder=_Decoder,
    )
