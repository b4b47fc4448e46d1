// Which columns of a list are shown; the address keeps it, so that the view can be sent to a colleague.
(function () {
  "use strict";

  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));

  function showColumns(table, hidden) {
    all("[data-col]", table).forEach((cell) => {
      cell.hidden = hidden.includes(cell.dataset.col);
    });
  }
  all("[data-columns-for]").forEach((menu) => {
    const table = document.getElementById(menu.dataset.columnsFor);
    const boxes = all("input[type=checkbox]", menu);
    if (!table) return;
    const address = new URL(window.location.href);
    const shown = address.searchParams.get("show");
    const hides = address.searchParams.get("hide");
    if (shown !== null || hides !== null) {
      boxes.forEach((box) => {
        // An old address says what is left out; a column that came after it the server leaves out too.
        box.checked =
          shown !== null
            ? shown.split(",").includes(box.value)
            : !hides.split(",").includes(box.value) && !!table.querySelector(`[data-col="${box.value}"]`);
      });
    }
    const apply = () => {
      showColumns(
        table,
        boxes.filter((box) => !box.checked).map((box) => box.value),
      );
      return boxes.filter((box) => box.checked).map((box) => box.value);
    };
    apply();
    menu.addEventListener("change", () => {
      const now = new URL(window.location.href);
      // What stands is named, not what is left out: a column added later is in no view kept before.
      now.searchParams.set("show", apply().join(",") || "-");
      now.searchParams.delete("hide");
      // A column the server was not asked for comes with the page anew.
      const missing = boxes.some((box) => box.checked && !table.querySelector(`[data-col="${box.value}"]`));
      if (missing) {
        window.location.assign(now);
        return;
      }
      window.history.replaceState(null, "", now);
      keepColumns();
    });
  });
  function keepColumns() {
    const now = new URL(window.location.href).searchParams;
    const name = ["show", "hide"].find((one) => now.get(one) !== null);
    if (!name) return;
    all(".is-list thead a, .dd-pager a, .dd-sentence a, .dd-exports a").forEach((link) => {
      const target = new URL(link.href);
      target.searchParams.delete("hide");
      target.searchParams.set(name, now.get(name));
      link.href = target.href;
    });
  }
  keepColumns();

  // A view is kept as the address has it by now, hidden columns too.
  all("[data-keep]").forEach((form) =>
    form.addEventListener("submit", () => {
      form.elements.query.value = window.location.search.slice(1);
    }),
  );
})();
