// What folds away on a phone, and unfolds on paper.
(function () {
  "use strict";

  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));

  // On a phone the conditions of a list fold away: the list itself comes first.
  if (window.matchMedia("(max-width: 767px)").matches) {
    all("form[role=search]").forEach((form) => {
      if (!form.matches(".dd-filters, .dd-filter-form")) return;
      const fold = document.createElement("button");
      fold.type = "button";
      fold.className = "btn dd-fold";
      fold.textContent = form.getAttribute("aria-label");
      const show = (open) => {
        form.classList.toggle("is-folded", !open);
        fold.setAttribute("aria-expanded", String(open));
      };
      fold.addEventListener("click", () => show(form.classList.contains("is-folded")));
      form.before(fold);
      show(false);
    });
  }

  // Nor does a report unroll there over every agency: the first ones, the sum, and the rest in a press.
  if (window.matchMedia("(max-width: 767px)").matches) {
    all("[data-fold]").forEach((group) => {
      const rows = Array.from(group.querySelectorAll(group.dataset.fold));
      const rest = rows.slice(8, -1);
      if (rest.length < 3) return;
      rest.forEach((row) => row.classList.add("is-folded"));
      const more = document.createElement("button");
      more.type = "button";
      more.className = "btn dd-fold";
      more.textContent = group.dataset.foldWords.replace("%n", String(rows.length));
      more.addEventListener("click", () => {
        rest.forEach((row) => row.classList.remove("is-folded"));
        rest[0].querySelector("a, button")?.focus();
        more.remove();
      });
      group.append(more);
    });
  }

  // Paper.
  all("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });

  // On paper nothing is folded away.
  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = all("main details:not([open]):not(.dd-pop)");
    folded.forEach((part) => {
      part.open = true;
    });
  });
  window.addEventListener("afterprint", () => {
    folded.forEach((part) => {
      part.open = false;
    });
  });
})();
