"""What is printed can be read: no row is cut, heads stay with what they head, the task has room."""

A4_AT_96_DPI = 680


def test_a_printed_document_keeps_each_row_and_head_whole(world, person):
    world.issue(world.clause(1, lead=("H32.03", "H32.04")))
    page = person("office", width=A4_AT_96_DPI).go("/documents/2021-0001")
    page.emulate_media(media="print")
    told = page.evaluate(
        """() => {
            const style = (selector) => getComputedStyle(document.querySelector(selector));
            const [row, head] = [style(".dd-held > li"), style(".dd-clauses h3")];
            return [row.breakInside, head.breakInside, head.breakAfter];
        }"""
    )
    assert told == ["avoid", "avoid", "avoid"]


def test_a_printed_list_gives_the_task_its_room(world, person):
    world.issue(*(world.clause(n) for n in range(1, 4)))
    page = person("office", width=A4_AT_96_DPI).go("/directives/?parts=no")
    page.emulate_media(media="print")
    widths = page.evaluate(
        """() => Object.fromEntries(Array.from(document.querySelectorAll("table thead th"),
            (head) => [head.dataset.col, head.getBoundingClientRect().width]))"""
    )
    shown = sum(widths.values())
    assert widths["content"] >= max(0.3 * shown, widths["lead"], widths["state"])
