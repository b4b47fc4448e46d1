"""The turns of phrase in a cell that name no agency by themselves: heads, plurals, exceptions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from workflow.agencies.wording import Word, marks_agree, words_of

Forms = Mapping[str, Sequence[tuple[Word, ...]]]


def _forms(phrases: str) -> Forms:
    """Read "a; b; c" as forms by their first word, the longest first, so that it is found."""
    by_first: dict[str, list[tuple[Word, ...]]] = defaultdict(list)
    for form in sorted(map(words_of, phrases.split(";")), key=len, reverse=True):
        by_first[form[0].key].append(form)
    return dict(by_first)


# Whoever stands at the head of an agency stands for it; a deputy does not.
_HEADS = _forms(
    "người đứng đầu; thủ trưởng; lãnh đạo; giám đốc; tổng giám đốc; chủ tịch; chánh; trưởng; "
    "cục trưởng; chi cục trưởng; vụ trưởng; viện trưởng; chủ nhiệm; hiệu trưởng"
)
_ADDRESSES = _forms("đồng chí; các đồng chí; đ/c; ông; bà")
_EXCEPTIONS = _forms("trừ; ngoại trừ; loại trừ; không gồm; không bao gồm")
# "mỗi" and "mọi" are left out: without their tones they are the "môi" of "môi trường".
_PLURALS = _forms("các; những; một số; tất cả; toàn bộ; toàn thể; từng")
_COUNCIL_LEVELS = _forms("các; những; một số; cấp tỉnh; cấp huyện; cấp xã")
_COUNCILS = _forms("UBND; HĐND; UBND, HĐND; HĐND, UBND; HĐND và UBND")
_SAME_AS_ABOVE = _forms("như trên; nt; n/t; như mục trên")
_LINKS = _forms("và")
_GENERAL_NOUNS = _forms("cơ quan; đơn vị; địa phương; tổ chức; cá nhân; đoàn thể; ngành")
_GENERAL_WORDS = _forms(
    "các; những; một; số; tất; cả; cơ; quan; đơn; vị; địa; phương; ngành; tổ; chức; cá; nhân; "
    "đoàn; thể; có; liên; quan; khác; và; hoặc; được; giao; chủ; trì; phối; hợp; tham; mưu; "
    "thuộc; trực; chức; năng; chuyên; môn; còn; lại; trong; tỉnh; trên; địa; bàn; huyện; xã; "
    "thị; thành; phố; trấn; phường; cấp; theo; phân; công; nhiệm; vụ; đầu; mối; thẩm; quyền; "
    "thực; hiện; về; phòng; khối; sở; ban"
)
LISTED_KINDS = _forms(
    "sở; ban; cục; chi cục; vụ; viện; phòng; trường; trung tâm; huyện; thị xã; thành phố; TX; TP; "
    "xã; phường; thị trấn; đặc khu"
)
# Words that open the name of an agency: after "và" they begin another one.
_KINDS = _forms(
    "sở; ban; bộ; cục; vụ; viện; phòng; UBND; HĐND; ủy ban; công an; thanh tra; trung tâm; "
    "trường; học viện; đại học; dự án; đề án; chi cục; chi nhánh; kho bạc; bảo hiểm; BHXH; "
    "ngân hàng; công ty; tổng công ty; tập đoàn; hội; liên đoàn; liên minh; mặt trận; đoàn; "
    "tỉnh đoàn; tòa án; đài; báo; quỹ; bệnh viện; văn phòng; VP; BQL; tổng cục; hiệp hội; hạt; "
    "hải quan; cảng vụ; bộ chỉ huy; BCH; HV; chủ tịch; giám đốc; thủ trưởng; người đứng đầu; "
    "lãnh đạo; đồng chí; ông; bà"
)
# Official names and standing lists that carry commas of their own.
COMPOUNDS = _forms(
    "văn hóa thể thao và du lịch; lao động thương binh và xã hội; văn hóa thể thao; "
    "sở ban ngành đoàn thể; sở ban ngành; ban ngành đoàn thể; ban ngành; sở ngành; bộ ngành; "
    "bộ ban ngành; huyện thị xã thành phố; huyện TX TP; thị xã thành phố; xã phường thị trấn; "
    "xã phường đặc khu; xã phường; phường xã; phường xã đặc khu; cơ quan đơn vị địa phương; "
    "cơ quan đơn vị; HĐND UBND"
)


def opens_with(words: Sequence[Word], forms: Forms) -> int:
    """Return how many words the longest of `forms` that `words` begin with takes, or 0."""
    for form in forms.get(words[0].key, ()) if words else ():
        start = words[: len(form)]
        if [word.key for word in start] == [word.key for word in form] and marks_agree(start, form):
            return len(form)
    return 0


def head_size(words: Sequence[Word]) -> int:
    """Return how many opening words say "the head of" ("Người đứng đầu", "Giám đốc")."""
    address = opens_with(words, _ADDRESSES)
    head = opens_with(words[address:], _HEADS)
    return address + head if head else 0


def exception_size(words: Sequence[Word]) -> int:
    """Return how many opening words say "except" ("trừ", "không bao gồm")."""
    return opens_with(words, _EXCEPTIONS)


def is_link(word: Word) -> bool:
    """Tell whether the word only joins two names ("và")."""
    return bool(opens_with((word,), _LINKS))


def opens_another(words: Sequence[Word]) -> bool:
    """Tell whether `words` begin the name of an agency or a plural of their own."""
    return bool(opens_with(words, _PLURALS) or opens_with(words, _KINDS))


def plural_size(words: Sequence[Word]) -> int:
    """Return how many opening words make a plural ("các", "một số")."""
    return opens_with(words, _PLURALS)


def council_size(words: Sequence[Word]) -> int:
    """Return how many opening words say "UBND" or "HĐND"."""
    return opens_with(words, _COUNCILS)


def is_plural(words: Sequence[Word]) -> bool:
    """Tell whether `words` begin with "các", "một số", "UBND các" or "UBND cấp huyện"."""
    words = words[head_size(words) :]
    council = council_size(words)
    return bool(plural_size(words) or (council and opens_with(words[council:], _COUNCIL_LEVELS)))


def is_general(words: Sequence[Word]) -> bool:
    """Tell whether `words` only go on with a general list ("…, đơn vị, địa phương liên quan")."""
    if plural_size(words):
        return False
    if opens_with(words, _GENERAL_NOUNS) or opens_with(words, COMPOUNDS):
        return True
    return _all_general(words) and (len(words) == 1 or not opens_with(words, _KINDS))


def is_vague(words: Sequence[Word]) -> bool:
    """Tell whether `words` point at agencies without naming one."""
    if opens_with(words, _SAME_AS_ABOVE) == len(words) > 0 or is_plural(words):
        return True
    words = words[head_size(words) :]
    return bool(opens_with(words, _GENERAL_NOUNS)) and _all_general(words)


def _all_general(words: Sequence[Word]) -> bool:
    return all(opens_with((word,), _GENERAL_WORDS) for word in words)
