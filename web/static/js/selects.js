// Selects one can search in, without diacritics, and the way from an error to such a field.
(function () {
  "use strict";

  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));

  // Vietnamese without its marks: "Đà Nẵng" and "da nang" are found by the same letters.
  const fold = (text) =>
    String(text)
      .normalize("NFD")
      .replace(/\p{Mn}/gu, "")
      .replace(/[đĐ]/g, "d")
      .toLowerCase();

  // How well a name answers what was typed, 0 for not at all: words side by side before words apart,
  // the shorter name first, so that Enter after "xa khanh son" takes the commune and nothing of it.
  function closeness(words, folded, name) {
    if (!words.every((word) => folded.includes(word))) return 0;
    return (` ${folded}`.includes(` ${words.join(" ")}`) ? 2 : 1) + 1 / (1 + name.length);
  }

  function openSelects(within) {
    if (!window.TomSelect) return;
    all("select[data-search]", within).forEach((select) => {
      if (select.tomselect || select.closest("template")) return;
      all("option", select).forEach((option) => {
        option.dataset.folded = fold(`${option.textContent} ${option.dataset.also || ""}`);
      });
      const box = new window.TomSelect(select, {
        plugins: select.multiple ? { remove_button: { title: select.dataset.remove || "" } } : {},
        maxOptions: 500,
        refreshThrottle: 0, // Enter takes what is shown for what was typed, never an older list
        onItemAdd() {
          this.setTextboxValue("");
          this.refreshOptions(false);
        },
        searchField: ["folded"],
        score(typed) {
          const words = fold(typed).split(/\s+/).filter(Boolean);
          return (item) => closeness(words, item.folded || "", item.text || "");
        },
        render: {
          no_results: () => {
            const line = document.createElement("div");
            line.className = "no-results";
            line.textContent = select.dataset.none || "";
            return line;
          },
        },
      });
      box.hook("instead", "onClick", () => box.focus()); // a click into the box never shuts it
      select.setAttribute("aria-hidden", "true"); // the box beside it speaks for it
      const about = select.getAttribute("aria-describedby");
      if (about) box.control_input.setAttribute("aria-describedby", about);
      if (select.getAttribute("aria-invalid")) box.control_input.setAttribute("aria-invalid", "true");
    });
  }

  openSelects(document);
  document.addEventListener("dd:grown", (event) => openSelects(event.target));
  document.addEventListener("htmx:load", (event) => openSelects(event.detail.elt));

  // The summary of errors leads to the field, also where a search box stands in for it.
  document.addEventListener("click", (event) => {
    const link = event.target.closest('.dd-notice a[href^="#"]');
    const field = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!field) return;
    event.preventDefault();
    (field.tomselect || field).focus();
    field.closest(".dd-field")?.scrollIntoView({ block: "center" });
  });
})();
