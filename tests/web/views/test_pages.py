"""Pages of kept views: from the list to a name, to a colleague, to their own scope."""

from __future__ import annotations

from urllib.parse import urlsplit

from world import csrf_of


def post(client, path, **data):
    token = csrf_of(client.get("/account").text)
    return client.post(path, data={"csrf_token": token} | data)


def kept(client, name="Quá hạn", query="time=overdue&sort=-due", page="directives"):
    return post(client, "/views/new", name=name, query=query, page=page)


def link_named(page, name):
    head, _, _ = page.partition(f">{name}</a>")
    return head.rpartition('href="')[2].rstrip('"').replace("&amp;", "&")


def test_a_view_kept_in_the_list_opens_again_from_home(world):
    client = world.sign_in("clerk")
    page = client.get("/directives/?time=overdue&sort=-due").text
    assert 'name="query" value="time=overdue&amp;sort=-due"' in page
    assert kept(client).location == "/views/"
    assert link_named(client.get("/views/").text, "Quá hạn") == (
        "/directives/?time=overdue&sort=-due"
    )
    assert 'data-hx-get="/views/mine"' in client.get("/").text
    part = client.get("/views/mine").text
    assert link_named(part, "Quá hạn") == "/directives/?time=overdue&sort=-due"


def test_a_colleague_opens_it_with_their_own_scope(world):
    world.issue(world.clause(content="Việc của sở khác", lead="H32.04", coordinating=()))
    world.issue(world.clause(content="Việc của mình"))
    office, other = world.sign_in("office"), world.sign_in("office2")
    kept(office, query="state=open")
    path = link_named(office.get("/views/").text, "Quá hạn")
    view = next(part for part in office.get("/views/").text.split('"') if part.endswith("/send"))
    answer = post(office, view, people=[str(world.accounts["office2"])])
    assert answer.status_code == 303
    assert link_named(other.get("/views/").text, "Quá hạn") == path
    clerk = world.sign_in("clerk").get(path).text
    assert "Việc của mình" in clerk
    assert "Việc của sở khác" not in clerk
    assert "Việc của sở khác" in other.get(path).text


def test_only_colleagues_are_offered_and_somebody_must_be_chosen(world):
    client = world.sign_in("clerk")
    kept(client)
    view = next(part for part in client.get("/views/").text.split('"') if part.endswith("/send"))
    page = client.get(view).text
    assert "Võ Thủ Trưởng" in page
    assert "Bùi Xây Dựng" not in page
    assert post(client, view).status_code == 422
    stranger = [str(world.accounts["other_clerk"])]
    assert post(client, view, people=stranger).status_code == 422


def test_a_nameless_view_keeps_what_was_typed(world):
    answer = kept(world.sign_in("clerk"), name="")
    assert answer.status_code == 422
    assert 'value="time=overdue&amp;sort=-due"' in answer.text
    assert kept(world.sign_in("clerk"), page="secrets").status_code == 404


def test_a_view_never_leads_elsewhere(world):
    client = world.sign_in("clerk")
    kept(client, query="//evil.example/?x=1")
    path = link_named(client.get("/views/").text, "Quá hạn")
    assert urlsplit(path).netloc == ""
    assert path.startswith("/directives/")


def test_each_list_can_be_kept_and_opens_again(world):
    client = world.sign_in("clerk")
    for page in ("directives", "documents", "dossiers", "violations"):
        shown = client.get(f"/{page}/?q=dat").text
        assert f'name="page" value="{page}"' in shown or page == "documents"
        assert kept(client, name=f"Của {page}", query="q=dat", page=page).status_code == 303
    listed = client.get("/views/").text
    for page in ("directives", "documents", "dossiers", "violations"):
        assert link_named(listed, f"Của {page}") == f"/{page}/?q=dat"
    assert client.get("/dossiers/?q=dat").status_code == 200
