"""Who brought a file stands on the import's pages, the command line's own account in any language."""

import pytest
from world import csrf_of

from web.dossiers.commands import dossiers as command

FILE = (
    "MaHoSo,LinhVuc,DonVi,NgayTiepNhan,NgayHenTra,NgayKetThucXuLy,TrangThai\n"
    "H-1,Đất đai,Sở Nội vụ,01/06/2021,15/06/2021,,Đang xử lý\n"
)


@pytest.mark.parametrize(("language", "name"), [("vi", "Hệ thống"), ("en", "System")])
def test_what_came_by_the_command_line_was_brought_by_the_system_in_the_readers_language(
    world, tmp_path, language, name
):
    (tmp_path / "ho-so.csv").write_text(FILE, encoding="utf-8")
    done = world.app.test_cli_runner().invoke(
        command, ["import", str(tmp_path / "ho-so.csv"), "--profile", "one_stop"]
    )
    assert done.exit_code == 0, done.output
    admin = world.sign_in("admin")
    token = csrf_of(admin.get("/dossiers/import").text)
    admin.post("/language", data={"language": language, "csrf_token": token})
    assert f'<span class="dd-mark">{name}</span>' in admin.get("/dossiers/imports").text
    assert f"<dd>{name}</dd>" in "".join(admin.get("/dossiers/imports/1").text.split("\n"))
