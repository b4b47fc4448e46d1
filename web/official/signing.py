"""Who signs a draft: the body that issues it, and the lines above the name (KT., TL., TM.).

The words are those of the annex of Nghị định 30/2020/NĐ-CP and stay Vietnamese whatever language
the page is read in. Number, date and name are left to the clerk and the signer. Titles that an
agency's name does not tell are general; the draft is there to be mended.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from workflow.agencies.records import Agency, Tier

COMMITTEE, SHORT = "Ủy ban nhân dân", "UBND"
_COMMITTEES = frozenset({Tier.PROVINCE, Tier.DISTRICT, Tier.COMMUNE, Tier.SPECIAL_ZONE})
_KINDS = ("tỉnh", "thành phố", "thị xã", "huyện", "quận", "xã", "phường", "thị trấn", "đặc khu")
_LITTLE = frozenset({"và", "của", "các"})
_HEADS = (
    ("văn phòng", "CHÁNH VĂN PHÒNG"),
    ("sở", "GIÁM ĐỐC"),
    ("thanh tra", "CHÁNH THANH TRA"),
    ("ban", "TRƯỞNG BAN"),
    ("chi cục", "CHI CỤC TRƯỞNG"),
    ("trung tâm", "GIÁM ĐỐC"),
)
_HEAD_OF_ANY = "THỦ TRƯỞNG CƠ QUAN"


class Sign(StrEnum):
    """Who signs: the head or a deputy of the agency itself, or of the committee above it."""

    HEAD = "head"
    DEPUTY = "deputy"
    COMMITTEE = "committee"
    COMMITTEE_DEPUTY = "committee_deputy"
    BY_ORDER = "by_order"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """What frames a draft: above and below the state's own lines, and at the foot."""

    above: str
    body: str
    symbol: str
    place: str
    issuer: str
    signer: tuple[str, ...]
    receivers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """One way to sign: its code, the lines above the name, and the whole frame."""

    code: Sign
    lines: tuple[str, ...]
    letterhead: Letterhead

    @property
    def words(self) -> str:
        """The lines as one, for a list to choose from."""
        return ", ".join(self.lines)


def ways_to_sign(own: Agency, agencies: Sequence[Agency]) -> tuple[Signing, ...]:
    """Return the ways a draft of `own` can be signed, its own head first.

    The office of the committee may also draft for the committee itself.
    """
    above = next((one for one in agencies if one.id == own.parent_id), None)
    if _is_committee(own):
        below = (one for one in agencies if one.parent_id == own.id and one.is_office)
        return _of_committee(own, by_order=next(below, None))
    ways = _of_agency(own, above)
    if own.is_office and above and _is_committee(above):
        ways += _of_committee(above, by_order=own)
    return ways


def _is_committee(agency: Agency) -> bool:
    return agency.tier in _COMMITTEES and agency.name.startswith((SHORT, COMMITTEE))


def _of_agency(own: Agency, above: Agency | None) -> tuple[Signing, ...]:
    head = head_of(own)

    def letterhead(lines: tuple[str, ...]) -> Letterhead:
        return Letterhead(
            above=_on_two_lines(above) if above else "",
            body=_body_of(own, above),
            symbol=f"BC-{symbol_of(own)}",
            place=place_of(above or own),
            issuer=own.name,
            signer=lines,
            receivers=_receivers(own),
        )

    deputy = (f"KT. {head}", f"PHÓ {head}")
    return tuple(
        Signing(code=code, lines=lines, letterhead=letterhead(lines))
        for code, lines in ((Sign.HEAD, (head,)), (Sign.DEPUTY, deputy))
    )


def _of_committee(committee: Agency, *, by_order: Agency | None) -> tuple[Signing, ...]:
    on_behalf = "TM. ỦY BAN NHÂN DÂN"
    ways = {
        Sign.COMMITTEE: (on_behalf, "CHỦ TỊCH"),
        Sign.COMMITTEE_DEPUTY: (on_behalf, "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    }
    if by_order:
        ways[Sign.BY_ORDER] = ("TL. CHỦ TỊCH", head_of(by_order))
    return tuple(
        Signing(
            code=code,
            lines=lines,
            letterhead=Letterhead(
                above="",
                body=_on_two_lines(committee),
                symbol=f"BC-{SHORT}",
                place=place_of(committee),
                issuer=committee.name,
                signer=lines,
                receivers=_receivers(committee),
            ),
        )
        for code, lines in ways.items()
    )


def whole_name(name: str) -> str:
    """Return a committee's name without its short form: "Ủy ban nhân dân tỉnh Khánh Hòa"."""
    return COMMITTEE + name.removeprefix(SHORT) if name.startswith(SHORT) else name


def _on_two_lines(agency: Agency) -> str:
    """Return a name as it stands at the head of a paper: a committee's place below it."""
    name = whole_name(agency.name)
    place = name.removeprefix(COMMITTEE).strip()
    return f"{COMMITTEE}\n{place}".upper() if place != name else name.upper()


def place_of(agency: Agency) -> str:
    """Return the place a draft is dated at: the name of the unit without its kind."""
    name = whole_name(agency.name).removeprefix(COMMITTEE).strip()
    for kind in _KINDS:
        if name.startswith(f"{kind} "):
            return name.removeprefix(kind).strip()
    return name


def head_of(agency: Agency) -> str:
    """Return the title of an agency's head, as far as its name tells it."""
    name = agency.name.casefold()
    return next((title for kind, title in _HEADS if name.startswith(f"{kind} ")), _HEAD_OF_ANY)


def symbol_of(agency: Agency) -> str:
    """Return an agency's letters in a document's number: VP, SNV, STNMT."""
    if agency.is_office:
        return "VP"
    words = agency.name.replace("-", " ").split()
    return "".join(word[0].upper() for word in words if word.casefold() not in _LITTLE)


def _body_of(own: Agency, above: Agency | None) -> str:
    """Return the issuing body; the office does not say again whose office it is."""
    if above and own.is_office:
        return own.name.partition(SHORT)[0].strip().upper() or own.name.upper()
    return own.name.upper()


def _receivers(own: Agency) -> tuple[str, ...]:
    if _is_committee(own) or own.is_office:
        return (
            "Chủ tịch, các Phó Chủ tịch UBND tỉnh;",
            "Các cơ quan, địa phương có tên trong báo cáo;",
            "Lưu: VT.",
        )
    return ("Văn phòng UBND tỉnh;", "Lãnh đạo cơ quan;", "Lưu: VT.")
