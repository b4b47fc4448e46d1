// Boxes to tick, in lists and in forms: all at once, and how many.
(function () {
  "use strict";

  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));

  // Rows of a list to choose: the whole page at once, and how many.
  all("[data-choose]").forEach((bar) => {
    const rows = all('input[name="chosen"]').filter((box) => box.form === bar);
    const page = bar.querySelector("[data-choose-page]");
    const whole = page.querySelector("input");
    const count = bar.querySelector("[data-choose-count]");
    const tell = () => {
      const chosen = rows.filter((box) => box.checked).length;
      count.textContent = chosen ? count.dataset.chooseCount.replace("%n", String(chosen)) : "";
      whole.checked = chosen === rows.length;
      whole.indeterminate = chosen > 0 && chosen < rows.length;
    };
    page.hidden = false;
    whole.addEventListener("change", () => {
      rows.forEach((box) => {
        box.checked = whole.checked;
      });
      tell();
    });
    rows.forEach((box) => box.addEventListener("change", tell));
    bar.addEventListener("submit", (event) => {
      if (!rows.some((box) => box.checked)) {
        event.preventDefault();
        rows[0].focus();
      }
    });
    tell();
  });

  // Many boxes under one question: all of them at once, and how many are ticked.
  all("[data-tick]").forEach((group) => {
    const row = group.querySelector("[data-tick-all]");
    const whole = row.querySelector("input");
    const count = row.querySelector("[data-tick-count]");
    const boxes = Array.from(group.querySelectorAll(group.dataset.tick || "input[name]"));
    const tell = () => {
      const ticked = boxes.filter((box) => box.checked).length;
      count.textContent = ticked ? count.dataset.tickCount.replace("%n", String(ticked)) : "";
      whole.checked = boxes.length > 0 && ticked === boxes.length;
      whole.indeterminate = ticked > 0 && ticked < boxes.length;
    };
    row.hidden = boxes.length < 2;
    whole.addEventListener("change", () => {
      boxes.forEach((box) => {
        box.checked = whole.checked;
      });
      tell();
    });
    boxes.forEach((box) => box.addEventListener("change", tell));
    // Who writes in a line means it: words in a line that is not ticked would be lost.
    group.addEventListener("input", ({ target }) => {
      const line = target.closest("li");
      const box = line && boxes.find((one) => line.contains(one));
      if (!box || !target.matches("textarea, [type=text]") || !target.value.trim()) return;
      box.checked = true;
      tell();
    });
    tell();
  });
})();
