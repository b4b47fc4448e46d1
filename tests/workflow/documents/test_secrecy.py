"""What marks a text or a file's name as a state secret, and what only sounds like it."""

import unicodedata

import pytest
from cost import seconds_of

from workflow.documents.secrecy import is_marked_secret
from workflow.documents.secret_names import is_secret_name

MARKED = [
    "MẬT", "Tối mật", "M Ậ T", "* Tuyệt mật *", "Độ mật: Tối mật", "Phụ lục (Mật)",
    "TÀI LIỆU MẬT", "VĂN BẢN MẬT", "Tài liệu tối mật", "PHỤ LỤC MẬT", "Danh mục tài liệu mật",
    "MẬT - HỎA TỐC", "Hỏa tốc, Mật", "Mật, khẩn", "MẬT, HOẢ TỐC HẸN GIỜ", "Thượng khẩn; Tối mật",
    "MAT - HOA TOC", "12/BC-STNMT (Mật)", "12/BC-STNMT [MẬT]", "Báo cáo (tài liệu mật)",
    "Văn bản mật về quốc phòng", "Công văn tuyệt mật số 12", "Phụ lục II - MẬT",
    "Tài liệu Mật - 2021", "Công văn này được đóng dấu MẬT", "UBND TỈNH\nMẬT\nSố: 12",
    "MẬT: Về việc rà soát", "Mật : V/v kiểm tra", "TỐI MẬT - Về việc rà soát", "MẬT – V/v 12",
    "M Ậ T: Về việc rà soát", "Tuyệt mật. Về việc rà soát", "MAT: Ve viec ra soat", "MẬT Về việc A",
    "TỐI MẬT V/v rà soát", "Về việc rà soát - MẬT", "V/v rà soát – Tối mật", "Hỏa tốc, Mật: V/v A",
    "Về việc rà soát: MẬT", "MẬT | Về việc rà soát", "* MẬT * Về việc rà soát",
    "Việc dài\n" + "chữ " * 800 + "\nMẬT",
]  # fmt: skip
FREE = [
    "", "BẢO MẬT", "VỀ BẢO MẬT THÔNG TIN", "bí mật nhà nước", "Danh mục bí mật nhà nước",
    "Bảo vệ bí mật nhà nước", "mật độ dân số", "Báo cáo mật độ dân số", "mật ong", "Mật ong rừng",
    "mật khẩu", "Kế hoạch mật mã", "Nguyễn Thị Mật", "Bà Mật, ông Khẩn", "mất", "MẶT", "mặt bằng",
    "Giải mật", "Độ mật: không", "Rà soát, quản lý văn bản mật", "Quy chế quản lý tài liệu mật",
    "Mật khẩu: đổi mỗi quý", "mật: 5 lít", "Sữa ong chúa, phấn hoa - mật ong", "Mật Ong - OCOP",
    "Về việc phát triển nghề nuôi ong - mật", "Quản lý tài liệu: mật mã", "Bà Mật - Chủ tịch Hội",
    "Mật độ dân số - về việc điều tra", "Về việc bảo vệ bí mật", "MẬT ONG: VỀ VIỆC OCOP",
    "Khẩn", "Hỏa tốc", "Văn bản không đóng dấu MẬT", "quan hệ mật thiết", "hỏa tốc, khẩn",
    "Cơ quan bảo mật - khẩn", "MAT BANG - KHAN",
]  # fmt: skip
SECRET_NAMES = [
    "Báo cáo (Mật).pdf", "Tối mật.pdf", "Mật.pdf", "MẬT.xlsx", "Tài liệu Mật - 2021.xlsx",
    "van_ban_mat.xlsx", "TAI LIEU MAT.pdf", "12-MAT.xlsx", "Công văn 12 mật.docx", "12_mat.docx",
    "Kế hoạch A - mật.docx", "KeHoach-MẬT.pdf", "Bao cao quy 3 MAT.docx", "12 Tuyệt mật.pdf",
    "TaiLieuMat.pdf", "vanbantoimat2021.xlsx", "bao cao toi mat.docx", "12-MAT-HOA-TOC.pdf",
    "phu luc mat (1).xlsx", "Mật, hỏa tốc.pdf", "TỐI_MẬT.docx", "MAT.pdf", "12.MẬT.pdf",
    "tai-lieu-mat-ve-bien-gioi.pdf", "Văn bản mật về biên giới.pdf", "Công văn (MAT) 12.pdf",
]  # fmt: skip
FREE_NAMES = [
    "Bảo mật.docx", "BẢO MẬT.docx", "bao mat.docx", "Báo cáo về BẢO MẬT.docx", "bi_mat.pdf",
    "Bảo vệ bí mật nhà nước.pdf", "mật độ dân số.xlsx", "mat do dan so.xlsx", "MAT DO 2021.xlsx",
    "mật ong.xlsx", "mat ong.pdf", "mat truoc.jpg", "mat sau.jpg", "mat 1.jpg", "CCCD 2 mat.jpg",
    "CCCD 2 MAT.jpg", "be_mat.pdf", "giai_phong_mat_bang.xlsx", "Nguyễn Thị Mật.pdf", "",
    "Nguyen Van Mat.pdf", "bao cao mat rung.docx", "Báo cáo mật độ.xlsx", "Format 2.docx",
    "Quy chế quản lý văn bản mật.docx", "automat.pdf", "Mat bang 12.pdf", "MAT BANG Q3.pdf",
]  # fmt: skip


@pytest.mark.parametrize("text", MARKED)
def test_a_marking_is_known_composed_or_not(text):
    assert is_marked_secret(text)
    assert is_marked_secret(unicodedata.normalize("NFD", text))


@pytest.mark.parametrize("text", FREE)
def test_ordinary_words_and_words_about_secrets_stay_free(text):
    assert not is_marked_secret(text)


@pytest.mark.parametrize("name", SECRET_NAMES)
def test_the_name_of_a_file_says_that_it_is_secret(name):
    assert is_secret_name(name)
    assert is_secret_name(unicodedata.normalize("NFD", name))


@pytest.mark.parametrize("name", FREE_NAMES)
def test_an_ordinary_name_stays_free(name):
    assert not is_secret_name(name)


def test_a_name_without_end_is_judged_at_once():
    def judge():
        assert not is_secret_name("1" * 40_000 + " xmat.pdf")
        assert is_secret_name("a" * 40_000 + " văn bản (Mật).pdf")

    assert seconds_of(judge, allowed=2) < 2
