"""A file is kept only when it is what it says, is whole, and cannot act."""

import hashlib
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fixtures import files
from web.official.files import paper_file
from web.official.paper import Paper
from web.uploads import office
from web.uploads.content import inspect_upload
from web.uploads.printed import first_page
from workflow.errors import Refused
from workflow.evidence.rules import EVIDENCE_LIMITS, MEGABYTE, UploadLimits

HONEST = {
    "báo cáo.pdf": (files.pdf(), "application/pdf"),
    "gọn.pdf": (files.pdf(packed=b"1 0 <</Type/Page>>"), "application/pdf"),
    "ảnh.PNG": (files.png(), "image/png"),
    "ảnh.jpg": (files.jpeg(), "image/jpeg"),
    "ảnh.jpeg": (files.jpeg(comment=b"chup tai xa"), "image/jpeg"),
    "a.docx": (files.docx(), f"{files.OOXML}.wordprocessingml.document"),
    "a.xlsx": (files.xlsx(), f"{files.OOXML}.spreadsheetml.sheet"),
    "a.odt": (files.open_document("text"), "application/vnd.oasis.opendocument.text"),
    "a.ods": (files.open_document("spreadsheet"), "application/vnd.oasis.opendocument.spreadsheet"),
    "a.txt": ("Kết quả: đạt".encode(), "text/plain"),
    "a.csv": ("\ufeffSTT;Nội dung\r\n1;=1+1\r\n".encode(), "text/csv"),
    "b.csv": ("STT\tNội dung".encode("utf-16"), "text/csv"),
}


def refused(body, name="a.pdf", limits=EVIDENCE_LIMITS):
    with pytest.raises(Refused) as refusal:
        inspect_upload(io.BytesIO(body), name, limits)
    return refusal.value.code


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_file_is_known_by_its_content(name):
    body, media_type = HONEST[name]
    stream = io.BytesIO(body)
    found = inspect_upload(stream, f"C:\\tmp\\{name}")
    assert (found.filename, found.media_type, found.size) == (name, media_type, len(body))
    assert found.sha256 == hashlib.sha256(body).hexdigest()
    assert stream.read() == body


@pytest.mark.parametrize("name", HONEST)
@pytest.mark.parametrize("ending", ["pdf", "png", "jpg", "docx", "xlsx", "odt", "ods", "csv"])
def test_the_ending_must_agree_with_the_content(name, ending):
    body, media_type = HONEST[name]
    wanted = HONEST[next(n for n in HONEST if n.casefold().endswith(ending))][1]
    if wanted.split("/")[0] == media_type.split("/")[0] == "text" or wanted == media_type:
        return
    assert refused(body, f"a.{ending}") == "extension_mismatch"


@pytest.mark.parametrize("name", ["a.exe", "a", "a.docm", "a.html", "a.svg", "a.pdf.js", "", None])
def test_other_endings_are_refused_whatever_is_inside(name):
    assert refused(files.pdf(), name) == "file_type_not_allowed"


HOSTILE = {
    "nothing at all": (b"", "a.pdf", "empty_file"),
    "a program": (b"MZ\x90\x00" + b"\0" * 100, "a.pdf", "executable_file"),
    "a Linux program": (b"\x7fELF" + b"\0" * 100, "a.png", "executable_file"),
    "a script": (b"#!/bin/sh\nrm -rf /", "a.txt", "executable_file"),
    "a page": (b"<!DOCTYPE html><script>alert(1)</script>", "a.txt", "html_content"),
    "a page further down": (b"chu\n" * 500 + b"<script>alert(1)</script>", "a.csv", "html_content"),
    "a drawing that runs": (b'<svg xmlns="x" onload="a()"/>', "a.txt", "html_content"),
    "rich text": (b"{\\rtf1 x}", "a.txt", "file_type_not_allowed"),
    "a picture of another kind": (b"GIF89a" + b"\0" * 20, "a.png", "file_type_not_allowed"),
    "text in an unknown code page": ("Kê\u0301t".encode("cp1258"), "a.txt", "unknown_encoding"),
    "the antivirus test": (files.EICAR.encode(), "a.txt", "infected_file"),
    "the antivirus test inside": (files.docx({"word/x.txt": files.EICAR}), "a.docx", "infected_file"),
    "a cut PDF": (files.pdf()[:-8], "a.pdf", "broken_file"),
    "a PDF that runs": (files.pdf(b"/S/JavaScript/JS(app.alert(1))"), "a.pdf", "active_content"),
    "a PDF that starts a program": (files.pdf(b"/S /Launch/F(x)"), "a.pdf", "active_content"),
    "a PDF that spells its script with codes": (
        files.pdf(b"/S/J#61v#61Script"),
        "a.pdf",
        "active_content",
    ),
    "a PDF that packs its script": (
        files.pdf(packed=b"1 0 2 20 <</S/JavaScript/JS(app.alert(1))>>"),
        "a.pdf",
        "active_content",
    ),
    "a PDF that packs its script behind much else": (
        files.pdf(packed=b"1 0 " * 400_000 + b"<</S/Launch>>"),
        "a.pdf",
        "active_content",
    ),
    "a PDF that packs very much": (
        files.pdf(packed=b" " * 70_000_000),
        "a.pdf",
        "zip_bomb",
    ),
    "a PDF with a password": (
        files.pdf(after=b"\ntrailer<</Root 1 0 R/Encrypt 5 0 R/ID[<a><b>]>>\n%%EOF\n"),
        "a.pdf",
        "locked_pdf",
    ),
    "a PDF with a password, the newer way": (
        files.pdf(b"/Type/XRef/Encrypt<</Filter/Standard/V 5/R 6>>"),
        "a.pdf",
        "locked_pdf",
    ),
    "a PDF with a page in its head": (files.pdf(b"<html><script>"), "a.pdf", "mixed_file"),
    "a PDF that is also an archive": (files.pdf(after=files.archive({"a": "b"})), "a.pdf", "mixed_file"),
    "a PDF with something after it": (files.pdf(after=b"\nx"), "a.pdf", "mixed_file"),
    "a picture that is also an archive": (files.png(after=files.archive({"a": "b"})), "a.png", "mixed_file"),
    "a photo that is also an archive": (files.jpeg(after=files.archive({"a": "b"})), "a.jpg", "mixed_file"),
    "a photo that is also a PDF": (files.jpeg(comment=files.pdf()), "a.jpg", "mixed_file"),
    "a photo that is also a page": (files.jpeg(comment=b"<script>1</script>"), "a.jpg", "mixed_file"),
    "a picture with a tail": (files.png(after=b"tail"), "a.png", "mixed_file"),
    "a picture with a page inside": (files.png(text=b"<svg onload=x>"), "a.png", "mixed_file"),
    "a picture too large to open": (files.png(20_000, 20_000), "a.png", "image_too_large"),
    "a photo too large to open": (files.jpeg(65_000, 65_000), "a.jpg", "image_too_large"),
    "a picture without size": (files.png(0, 5), "a.png", "broken_file"),
    "a cut picture": (files.png()[:-20], "a.png", "broken_file"),
    "a cut photo": (files.jpeg()[:-2], "a.jpg", "broken_file"),
    "a photo that is only a start": (b"\xff\xd8\xff\xd9", "a.jpg", "broken_file"),
    "a locked document": (files.compound("Root Entry", "EncryptedPackage"), "a.docx", "locked_file"),
    "an old macro document": (files.compound("WordDocument", "_VBA_PROJECT"), "a.doc", "macro_file"),
    "an old document": (files.compound("WordDocument"), "a.docx", "old_office_file"),
    "a macro file renamed": (files.docx({"word/vbaProject.bin": b"x"}), "a.docx", "macro_file"),
    "a macro type": (
        files.docx(types='<Default Extension="x" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'),
        "a.docx", "macro_file"),
    "an Excel 4 macro": (files.xlsx(extra={"xl/macrosheets/sheet1.xml": "<x/>"}), "a.xlsx", "macro_file"),
    "a Basic macro": (files.open_document("text", {"Basic/Standard/a.xml": "<x/>"}), "a.odt", "macro_file"),
    "an embedded object": (files.docx({"word/embeddings/oleObject1.bin": b"x"}), "a.docx", "embedded_object"),
    "an object under another name": (
        files.docx({"word/media/image1.png": files.compound("x")}), "a.docx", "embedded_object"),
    "a program inside": (files.docx({"word/media/a.bin": b"MZ\0\0" + b"\0" * 90}), "a.docx", "executable_file"),
    "a page inside": (files.docx({"word/afchunk.html": "<html/>"}), "a.docx", "embedded_object"),
    "an archive inside": (files.docx({"word/a.zip": files.archive({"a": "b"})}), "a.docx", "nested_archive"),
    "a macro two deep": (
        files.docx({"word/embeddings/t.xlsx": files.xlsx(extra={"xl/vbaProject.bin": b"x"})}),
        "a.docx", "macro_file"),
    "archives three deep": (
        files.docx({"word/embeddings/t.docx": files.docx({"word/embeddings/u.xlsx": files.xlsx()})}),
        "a.docx", "nested_archive"),
    "a template from elsewhere": (
        files.docx({"word/_rels/settings.xml.rels": '<Relationships><Relationship Id="r" TargetMode="External" '
                    f'Type="{files.RELATIONS}/attachedTemplate" Target="http://x/t.dotm"/></Relationships>'}),
        "a.docx", "external_content"),
    "a live link to a program": (
        files.xlsx(extra={"xl/externalLinks/externalLink1.xml": '<externalLink><ddeLink ddeService="cmd"/></externalLink>'}),
        "a.xlsx", "external_content"),
    "a live field": (
        files.docx({"word/header1.xml": '<w:hdr xmlns:w="w"><w:instrText xml:space="preserve"> DDEAUTO c:\\\\x</w:instrText></w:hdr>'}),
        "a.docx", "external_content"),
    "entities": (
        files.docx({"word/x.xml": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'}),
        "a.docx", "unsafe_xml"),
    "entities in another encoding": (
        files.docx({"word/x.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'.encode("utf-16")}),
        "a.docx", "unsafe_xml"),
    "markup without a bottom": (files.docx({"word/x.xml": "<x>" * 400_000}), "a.docx", "unsafe_xml"),
    "a tag without an end": (files.docx({"word/x.xml": "<x y='" + "z" * 3_000_000 + "'/>"}), "a.docx", "unsafe_xml"),
    "a text that is also a PDF": (b"chu\n" + files.pdf(), "a.txt", "mixed_file"),
    "two documents in one": (
        files.docx(types=f'<Override PartName="/x" ContentType="{files.MAIN["xlsx"]}"/>'),
        "a.docx", "file_type_not_allowed"),
    "a document without its main part": (
        files.archive({"[Content_Types].xml": files.content_types("docx"), "x.xml": "<x/>"}),
        "a.docx", "broken_file"),
    "a swollen table of types": (
        files.docx(types="<Default/>" * 120_000), "a.docx", "zip_bomb"),
    "a swollen table of links": (
        files.docx({"word/_rels/a.rels": "<Relationships>" + "<Relationship/>" * 80_000 + "</Relationships>"}),
        "a.docx", "zip_bomb"),
    "a drawing with entities": (
        files.docx({"word/drawing.vml": "<!DOCTYPE x><xml/>"}), "a.docx", "unsafe_xml"),
    "only the start of an archive": (b"PK\x03\x04" + b"x" * 99, "a.docx", "broken_file"),
    "a broken directory": (files.docx().replace(b"PK\x01\x02", b"PK\x01\x03"), "a.docx", "broken_file"),
    "a packing nobody uses": (files.docx().replace(b"\x08\x00", b"\x0c\x00"), "a.docx", "broken_file"),
    "packed bytes that mean nothing": (
        files.docx({"word/b.bin": bytes(range(256))}).replace(bytes(range(100, 150)), b"\xff" * 50),
        "a.docx", "broken_file"),
    "a directory that is elsewhere": (
        files.docx()[:-6] + b"\x00\x00\x00\x7f" + files.docx()[-2:], "a.docx", "broken_file"),
    "a picture of endless chunks": (
        files.png()[:33] + b"\0\0\0\0tEXt\0\0\0\0" * 100_001, "a.png", "broken_file"),
    "a photo with a false length": (b"\xff\xd8\xff\xe0\x00\x01xx", "a.jpg", "broken_file"),
    "a photo cut in a segment": (b"\xff\xd8\xff\xe0\xff\x01xx", "a.jpg", "broken_file"),
    "a photo without markers": (b"\xff\xd8\xff\xe0\x00\x02xx", "a.jpg", "broken_file"),
    "broken markup": (files.docx({"word/x.xml": "<x><y></x>"}), "a.docx", "broken_file"),
    "a way out": (files.docx({"../../x": "x"}), "a.docx", "unsafe_archive"),
    "a way out of a drive": (files.docx({"C:/x": "x"}), "a.docx", "unsafe_archive"),
    "two parts of one name": (files.docx({"WORD/DOCUMENT.XML": "<x/>"}), "a.docx", "unsafe_archive"),
    "just an archive": (files.archive({"a.txt": "b"}), "a.docx", "file_type_not_allowed"),
    "a book of another program": (files.archive({"mimetype": "application/epub+zip"}), "a.odt", "file_type_not_allowed"),
    "an archive with a tail": (files.docx() + b"tail", "a.docx", "mixed_file"),
    "an archive with a head": (b"<html>" + files.docx(), "a.docx", "file_type_not_allowed"),
    "a cut archive": (files.docx()[:-30], "a.docx", "broken_file"),
    "a locked OpenDocument": (
        files.open_document("text", manifest="<m:manifest xmlns:m='m'><m:encryption-data/></m:manifest>"),
        "a.odt", "locked_file"),
    "a part larger than it says": (
        files.with_declared_size(files.docx({"word/b.bin": b"\0" * 50_000}), "word/b.bin", 10),
        "a.docx", "zip_bomb"),
    "a part smaller than it says": (
        files.with_declared_size(files.docx({"word/b.bin": b"abc"}), "word/b.bin", 10),
        "a.docx", "broken_file"),
    "parts that overlap": (files.overlapping(files.docx({"word/b.bin": b"abc" * 99}), "word/b.bin"), "a.docx", "zip_bomb"),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_with_its_reason(what):
    body, name, code = HOSTILE[what]
    assert refused(body, name) == code


def test_a_link_out_of_the_archive_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as out:
        link = zipfile.ZipInfo("word/link")
        link.external_attr = 0o120777 << 16
        out.writestr(link, "/etc/passwd")
    assert refused(stream.getvalue(), "a.docx") == "unsafe_archive"


def test_a_locked_archive_is_refused():
    body = bytearray(files.docx())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        body[body.find(mark) + at] |= 1
    assert refused(bytes(body), "a.docx") == "locked_file"


def test_a_bomb_is_refused_by_what_it_declares_before_it_is_opened():
    zeros = files.docx({"word/media/a.bin": b"\0" * (30 * MEGABYTE)})
    assert len(zeros) < 100_000
    assert refused(zeros, "a.docx") == "zip_bomb"
    small = UploadLimits(max_unpacked=MEGABYTE)
    assert refused(files.docx({"a.bin": bytes(range(256)) * 5000}), "a.docx", small) == "zip_bomb"


def test_too_many_parts_are_refused_by_the_directory_alone():
    crowd = files.docx({f"word/{k}": "" for k in range(2100)})
    assert refused(crowd, "a.docx") == "too_many_parts"


class Endless(io.RawIOBase):
    """A stream that says it is three gigabytes and counts what is read of it."""

    def __init__(self):
        super().__init__()
        self.given = 0

    def seekable(self):
        return True

    def seek(self, *_):
        return 0

    def read(self, size=-1):
        assert 0 < size <= MEGABYTE
        self.given += size
        return b"x" * size


def test_no_more_than_the_limit_is_read_of_a_huge_file():
    stream = Endless()
    with pytest.raises(Refused) as refusal:
        inspect_upload(stream, "a.txt", UploadLimits(max_bytes=3 * MEGABYTE))
    assert (refusal.value.code, refusal.value.params["limit"]) == ("file_too_large", 3 * MEGABYTE)
    assert stream.given == 3 * MEGABYTE + 1


def test_a_file_of_exactly_the_limit_is_kept():
    assert inspect_upload(io.BytesIO(b"x" * 100), "a.txt", UploadLimits(max_bytes=100)).size == 100


def test_documents_may_carry_charts_pictures_and_plain_links():
    body = files.docx(
        {
            "word/embeddings/Microsoft_Excel_Sheet1.xlsx": files.xlsx(),
            "word/media/image1.png": files.png(),
            "word/_rels/document.xml.rels": '<Relationships><Relationship Id="r" TargetMode="External" '
            f'Type="{files.RELATIONS}/hyperlink" Target="https://x"/></Relationships>',
            "word/long.xml": "<x>" + "<y/>" * 200_000 + "z" * 3_000_000 + "</x>",
            "word/drawing.vml": "<xml><v:shape><br></v:shape></xml>",
        }
    )
    assert inspect_upload(io.BytesIO(body), "a.docx").filename == "a.docx"


def test_more_parts_than_the_end_of_the_directory_tells_are_refused():
    crowd = bytearray(files.docx({f"word/{k}": "" for k in range(2100)}))
    crowd[-14:-10] = b"\x02\x00\x02\x00"
    assert refused(bytes(crowd), "a.docx") == "too_many_parts"


def test_a_document_inside_is_opened_only_up_to_its_limit(monkeypatch):
    monkeypatch.setattr(office, "_LARGEST_EMBEDDED", 100)
    body = files.docx({"word/embeddings/t.xlsx": files.xlsx()})
    assert refused(body, "a.docx") == "zip_bomb"


def test_photos_may_carry_stray_markers_and_an_open_document_no_manifest():
    photo = files.jpeg().replace(b"\xff\xc0", b"\xff\x01\xff\xff\xff\xc0", 1)
    assert inspect_upload(io.BytesIO(photo), "a.jpg").media_type == "image/jpeg"
    parts = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<o/>"}
    body = files.archive(parts, stored=("mimetype",))
    assert inspect_upload(io.BytesIO(body), "a.odt").size == len(body)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from([body for body, _ in HONEST.values()]),
    st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=8),
    st.integers(0, 400),
)
def test_a_damaged_file_is_kept_or_refused_and_never_an_accident(body, changes, cut):
    damaged = bytearray(body[: len(body) - cut] if cut < len(body) else body)
    for at, value in changes:
        damaged[at % len(damaged)] = value
    for name in ("a.pdf", "a.docx", "a.png", "a.csv"):
        try:
            inspect_upload(io.BytesIO(bytes(damaged)), name)
        except Refused:
            continue


def _paragraphs(*words, tag="document"):
    runs = "".join(
        "<w:p>" + "".join(f"<w:r><w:t>{part}</w:t></w:r>" for part in one.split("|")) + "</w:p>"
        for one in words
    )
    return f'<w:{tag} xmlns:w="w">{runs}</w:{tag}>'


STAMPED = {
    "a name": (files.pdf(), "Báo cáo (Mật).pdf"),
    "a name without diacritics": (files.xlsx(), "TAI LIEU MAT.xlsx"),
    "a first line": ("MẬT\nBáo cáo".encode(), "a.txt"),
    "a cell": ("STT;Việc\n1;Tối mật\n".encode("utf-16"), "a.csv"),
    "a paragraph in runs": (
        files.docx({"word/document.xml": _paragraphs("UBND TỈNH", "M|Ậ|T", "BÁO CÁO")}),
        "a.docx",
    ),
    "a page's head": (
        files.docx({"word/header1.xml": _paragraphs("Tài liệu tối mật", tag="hdr")}),
        "a.docx",
    ),
    "a text box": (
        files.docx({
            "word/document.xml": '<w:document xmlns:w="w"><w:p><w:txbx><w:p><w:t>MẬT</w:t></w:p>'
            "</w:txbx><w:t>Số 1</w:t></w:p></w:document>"
        }),
        "a.docx",
    ),
    "a shared cell": (files.xlsx(strings=["Hỏa tốc, Mật"]), "a.xlsx"),
    "a sheet's head": (
        files.xlsx(
            "<sheetData/><headerFooter><oddHeader>&amp;C&amp;14TUYỆT MẬT</oddHeader></headerFooter>"
        ),
        "a.xlsx",
    ),
    "an open document": (
        files.open_document("text", {"content.xml": "<o><text:p>MẬT</text:p></o>"}), "a.odt",
    ),
}  # fmt: skip


@pytest.mark.parametrize("where", STAMPED)
def test_a_file_stamped_secret_is_refused_wherever_the_stamp_stands(where):
    assert refused(*STAMPED[where]) == "secret_document"


def printed(*lines):
    paper = Paper("Báo cáo")
    for line in lines:
        paper.line(line)
    return paper_file(paper, "pdf")


def test_a_pdf_whose_first_page_prints_the_stamp_is_refused():
    assert refused(printed("UBND TỈNH", "MẬT", "BÁO CÁO"), "a.pdf") == "secret_document"
    body = printed("Bảo mật thông tin", "Công tác quản lý văn bản mật")
    assert inspect_upload(io.BytesIO(body), "a.pdf").size == len(body)


def test_a_pdf_that_cannot_be_read_within_bounds_says_nothing(monkeypatch):
    body = printed("MẬT")
    assert "MẬT" in first_page(io.BytesIO(body))
    assert first_page(io.BytesIO(body[: len(body) // 2] + b"%%EOF")) == ""
    monkeypatch.setattr("web.uploads.printed._PATIENCE", 0)
    assert first_page(io.BytesIO(body)) == ""


def test_words_about_secrets_on_the_first_page_refuse_nothing():
    body = files.docx({"word/document.xml": _paragraphs("BẢO MẬT", "mật độ", "bí mật nhà nước")})
    assert inspect_upload(io.BytesIO(body), "bảo mật.docx").size == len(body)
