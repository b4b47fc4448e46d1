"""The words deadlines are written in, folded (no case, no diacritics), in one place."""

from __future__ import annotations

SPELLINGS = {"qui": "quy", "ki": "ky"}
"""Words that are spelt with i or y: quí and quý, kí and ký, định kì and định kỳ."""

LEADS = (
    "trong",
    "vao",
    "la",
    "het",
    "den",
    "toi",
    "cho den",
    "cho toi",
    "cham nhat",
    "muon nhat",
    "tre nhat",
    "khong qua",
    "khong muon hon",
    "khong cham hon",
    "khong tre hon",
    "khong sau",
    "truoc hoac trong",
    "trong hoac truoc",
)
"""What may stand before a last day that is itself included."""

BEFORE = ("truoc",)
FROM = ("tu", "ke tu", "tinh tu", "bat dau tu", "bat dau ke tu")
UNTIL = ("den", "toi", "cho den", "cho toi")
ONWARDS = ("tro di", "ve sau")
FRAMES = ("trong", "giai doan", "trong giai doan", "trong khoang", "trong cac", "vao")
NOW = ("nay", "ngay ky", "ngay ky ban hanh", "ngay ban hanh", "khi ban hanh", "bay gio")
AND = ("va",)
JOINTS = ("va", "hoac", "nhung", "dong thoi")
STANDING = (
    "thuong xuyen",
    "thuong xuyen lien tuc",
    "thuong xuyen va lien tuc",
    "lien tuc",
    "lien tuc thuong xuyen",
)
NO_DEADLINE = (
    "khong thoi han",
    "khong co thoi han",
    "khong han",
    "khong quy dinh thoi han",
    "khong xac dinh thoi han",
)

DAY = ("ngay",)
MONTH = ("thang", "t")
MONTHS = ("cac thang",)
QUARTER = ("quy", "q")
QUARTERS = ("cac quy",)
YEAR = ("nam",)
YEARS = ("cac nam", "ca nam")
THIS_YEAR = ("nam nay",)
OF = ("cua",)
FIRST_PART = ("dau",)
LAST_PART = ("cuoi",)
HALF = ("nua",)

WORKING_DAYS = ("ngay lam viec",)
OTHER_LENGTHS = ("ngay", "tuan", "tuan le", "thang", "nam", "gio", "quy", "h")
BUDGET_LEADS = (
    "trong",
    "trong vong",
    "khong qua",
    "cham nhat",
    "cham nhat la",
    "cham nhat sau",
    "cham nhat trong",
    "cham nhat trong vong",
    "toi da",
    "toi da la",
    "muon nhat",
    "sau toi da",
)
COUNTED_FROM = (
    "ke tu",
    "tinh tu",
    "tinh ke tu",
    "bat dau tu",
    "tu",
    "sau",
    "ke tu sau",
)
STARTS = {
    "signed": ("ngay ky", "khi ky", "ngay van ban nay duoc ky"),
    "issued": ("ngay ban hanh", "ngay phat hanh", "ngay ky ban hanh", "khi ban hanh"),
    "received": (
        "ngay nhan",
        "ngay nhan duoc",
        "khi nhan",
        "khi nhan duoc",
        "ngay tiep nhan",
        "khi tiep nhan",
        "nhan",
        "nhan duoc",
    ),
    "assigned": ("ngay duoc giao", "khi duoc giao", "ngay giao", "ngay duoc phan cong"),
    "in_force": ("ngay co hieu luc", "khi co hieu luc", "ngay van ban co hieu luc"),
}
SECOND_END = frozenset(
    {"va", "hoac", "nhung", "truoc", "den", "toi", "cham", "muon", "tre"}
    | {"thuong", "hang", "moi", "trong", "gia", "han"}
)
"""Words that, after "kể từ ngày …", may begin another deadline."""

DOCUMENTS = frozenset({"so", "van", "dinh", "hoach", "thi", "bao"})
"""Last words of what a document is called, before its number."""

EVERY = ("hang", "moi")
EVERY_SAID = frozenset({"hằng", "hàng", "mỗi"})
REGULARLY = ("dinh ky", "theo dinh ky")
ONCE = ("mot lan", "1 lan", "01 lan")
TIMES = ("lan",)
UNITS = {"ngay": "DAILY", "tuan": "WEEKLY", "thang": "MONTHLY", "quy": "QUARTERLY", "nam": "YEARLY"}
OF_THE_MONTH = (
    "cua thang",
    "trong thang",
    "thang sau",
    "cua thang sau",
    "cua thang tiep theo",
    "cua thang ke tiep",
    "cua thang lien ke",
    "cua thang sau lien ke",
    "thang tiep theo",
    "thang ke tiep",
)
LAST_DAY = ("ngay cuoi", "ngay cuoi cung")
MONTHS_OF_QUARTER = {
    "thang dau": (1, 4, 7, 10),
    "thang dau tien": (1, 4, 7, 10),
    "thang thu nhat": (1, 4, 7, 10),
    "thang giua": (2, 5, 8, 11),
    "thang thu hai": (2, 5, 8, 11),
    "thang cuoi": (3, 6, 9, 12),
    "thang cuoi cung": (3, 6, 9, 12),
    "thang thu ba": (3, 6, 9, 12),
}
NEXT = ("sau", "tiep theo", "ke tiep", "lien ke", "sau lien ke")
WEEKDAYS = {
    "thu hai": 0,
    "thu 2": 0,
    "thu ba": 1,
    "thu 3": 1,
    "thu tu": 2,
    "thu 4": 2,
    "thu nam": 3,
    "thu 5": 3,
    "thu sau": 4,
    "thu 6": 4,
    "thu bay": 5,
    "thu 7": 5,
    "chu nhat": 6,
}
HOURS = ("gio", "h", "g")
MINUTES = ("phut", "p")
ROMAN = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8,
}  # fmt: skip
NUMBER_WORDS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7,
    "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip
TENS_WORDS = {"mươi", "mười"}
UNIT_WORDS = {"mốt": 1, "lăm": 5, "nhăm": 5}

VAGUE = frozenset(
    {"dau", "giua", "cuoi", "khoang", "kien", "som", "kip", "sau", "khi", "neu", "tuy"}
)
"""Words that make an end uncertain: start, middle, end of …, about, expected, soon, when."""

FILLERS = (
    "hoan thanh",
    "hoan tat",
    "khan truong hoan thanh",
    "khan truong",
    "hoan thien",
    "xong",
    "phai hoan thanh",
    "can hoan thanh",
    "yeu cau hoan thanh",
    "thuc hien",
    "to chuc thuc hien",
    "trien khai",
    "trien khai thuc hien",
    "tien hanh",
    "duy tri",
    "ket thuc",
    "nop",
    "gui",
    "trinh",
    "ban hanh",
    "han",
    "han hoan thanh",
    "han chot",
    "han cuoi",
    "han cuoi cung",
    "han xu ly",
    "thoi han",
    "thoi han thuc hien",
    "thoi han hoan thanh",
    "thoi gian",
    "thoi gian thuc hien",
    "thoi gian hoan thanh",
    "tien do",
    "tien do thuc hien",
    "nhiem vu",
    "cong viec",
    "ubnd tinh",
    "uy ban nhan dan tinh",
    "chu tich ubnd tinh",
    "so noi vu",
    "van phong ubnd tinh",
    "thu tuong chinh phu",
    "chinh phu",
)
"""Words around a deadline that change nothing about it."""

SUBJECTS = ("bao cao", "bao cao ket qua", "ket qua", "gui bao cao", "bao cao tien do")
"""Fillers too, but not right before a period: "báo cáo quý III" tells what, not when."""

PERIOD_STARTS = frozenset({"thang", "quy", "nam"})
PERIOD_WORDS = frozenset({"ngay", "cac", "ca", "giai", "nua", "t", "q"}) | PERIOD_STARTS
