"""A rule book to start from: proposals, since no law says how many times is "nhiều lần".

The numbers are nobody's but ours: no national definition of a repeated violation was found
(domain.md §2.8). Each is drafted as a proposal; a province changes it, tries it on its own past,
and enacts it by an act of its own.
"""

from __future__ import annotations

from workflow.escalation.records import GroupKey, Period, Rule, Window

NO_LAW = "Đề xuất của phần mềm: chưa có văn bản nào quy định con số này."
"""Said beside every proposal, in whatever language the page is."""

_MONTH = Window(days=30)
_BY_FIELD = (GroupKey.AGENCY, GroupKey.FIELD)

STARTING: tuple[Rule, ...] = (
    Rule(
        code="MC-01",
        title="Một cửa: trễ hạn lặp lại trong một lĩnh vực",
        violation_types=("V16",),
        group_by=_BY_FIELD,
        window=_MONTH,
        levels=(3, 5, 8),
        repeat_within_days=180,
    ),
    Rule(
        code="MC-02",
        title="Một cửa: trễ hạn mà không xin lỗi",
        violation_types=("V17",),
        group_by=(GroupKey.AGENCY,),
        window=_MONTH,
        levels=(2, 4, 6),
        repeat_within_days=180,
    ),
    Rule(
        code="MC-03",
        title="Một cửa: bắt người dân đi lại, hẹn lại nhiều lần",
        violation_types=("V11", "V18"),
        group_by=_BY_FIELD,
        window=_MONTH,
        levels=(3, 6, 10),
        weights={"V18": 2},
        repeat_within_days=180,
    ),
    Rule(
        code="MC-04",
        title="Một cửa: cùng một người xử lý trễ hạn nhiều lần",
        violation_types=("V16",),
        group_by=(GroupKey.AGENCY, GroupKey.OFFICER),
        window=_MONTH,
        levels=(3, 5, 8),
        repeat_within_days=180,
    ),
    Rule(
        code="MC-05",
        title="Một cửa: sách nhiễu, đùn đẩy, đòi giấy tờ ngoài quy định",
        violation_types=("V01", "V02", "V03", "V04", "V05", "V06", "V07", "V08", "V13", "V14"),
        group_by=(GroupKey.AGENCY,),
        window=Window(calendar=Period.QUARTER),
        levels=(2, 3, 5),
        weights={"V01": 2, "V03": 2},
        repeat_within_days=365,
    ),
    Rule(
        code="LT-01",
        title="Một cửa liên thông: chuyển hồ sơ chậm giữa các cơ quan",
        violation_types=("V21",),
        group_by=(GroupKey.AGENCY, GroupKey.PROCEDURE),
        window=_MONTH,
        levels=(3, 5, 8),
        repeat_within_days=180,
    ),
    Rule(
        code="TT-01",
        title="Dịch vụ công trực tuyến: tiếp nhận chậm, không đồng bộ hồ sơ",
        violation_types=("V19", "V20"),
        group_by=(GroupKey.AGENCY,),
        window=Window(calendar=Period.MONTH),
        levels=(5, 10, 20),
        repeat_within_days=180,
    ),
    Rule(
        code="CD-01",
        title="Chỉ đạo, điều hành: nhiệm vụ quá hạn, phối hợp chậm nhiều lần",
        violation_types=("V22", "V23"),
        group_by=(GroupKey.AGENCY,),
        window=Window(days=90),
        levels=(2, 4, 6),
        repeat_within_days=180,
    ),
)
