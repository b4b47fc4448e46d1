// Rows of a form that grow: a press adds one, takes one away, or repeats what the row above says.
(function () {
  "use strict";

  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));

  // Inputs are named <name>-<n>-<field>; the template has __n__ for the number.
  const NAMED = ["name", "id", "for", "value", "list", "aria-describedby", "aria-labelledby", "data-chosen-for"];
  function renumber(grow) {
    const name = grow.dataset.grow;
    const rows = all("[data-grow-row]", grow);
    const pattern = new RegExp(`\\b${name}-(?:\\d+|__n__)\\b`, "g");
    rows.forEach((row, index) => {
      [row, ...row.querySelectorAll("*")].forEach((element) => {
        Array.from(element.attributes).forEach((attribute) => {
          const counted = NAMED.includes(attribute.name) || attribute.name.startsWith("data-hx-");
          if (!counted || (attribute.name === "value" && element.tagName === "INPUT")) return;
          const renamed = attribute.value.replace(pattern, `${name}-${index}`);
          if (renamed !== attribute.value) element.setAttribute(attribute.name, renamed);
        });
        if (element.matches("[data-grow-remove]")) element.value = String(index);
      });
      const number = row.querySelector("[data-grow-number]");
      if (number) number.textContent = String(index + 1);
    });
    const least = Number(grow.dataset.atLeast || 1);
    all("[data-grow-remove]", grow).forEach((button) => {
      button.hidden = rows.length <= least;
    });
    return rows;
  }
  function say(grow) {
    const place = grow.querySelector("[data-grow-said]");
    if (place) place.textContent = String(all("[data-grow-row]", grow).length);
  }
  // What the row above says of these fields is said of a new one too; what differs is left to type.
  function copyFields(from, to, names) {
    return names
      .map((name) => [from, to].map((row) => row.querySelector(`[name$="-${name}"]`)))
      .filter(([above, field]) => above && field)
      .map(([above, field]) => {
        if (field.multiple) {
          const chosen = new Set(Array.from(above.selectedOptions, (option) => option.value));
          Array.from(field.options).forEach((option) => (option.selected = chosen.has(option.value)));
        } else {
          field.value = above.value;
        }
        return field;
      });
  }
  function addRow(grow, like) {
    const template = grow.querySelector("template[data-grow-template]");
    if (!template) return false;
    const place = grow.querySelector("[data-grow-rows]");
    place.append(template.content.cloneNode(true));
    const row = place.lastElementChild;
    const above = row.previousElementSibling;
    renumber(grow);
    const copied = like && above ? copyFields(above, row, like.split(" ")) : [];
    row.dispatchEvent(new CustomEvent("dd:grown", { bubbles: true })); // its selects open now
    if (window.htmx) window.htmx.process(row);
    copied.filter((field) => field.value).forEach((field) => {
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
    row.querySelector("input:not([type=hidden]), textarea, select")?.focus();
    say(grow);
    return true;
  }
  function removeRow(grow, row) {
    const neighbour = row.nextElementSibling || row.previousElementSibling;
    all("select", row).forEach((select) => select.tomselect?.destroy());
    row.remove();
    renumber(grow);
    (neighbour || grow.querySelector("[data-grow-add]")).focus();
    say(grow);
  }
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-grow-add], [data-grow-remove]");
    const grow = button?.closest("[data-grow]");
    if (!grow) return;
    const form = grow.closest("form");
    if (button.matches("[data-grow-add]")) {
      if (!addRow(grow, button.dataset.growLike)) return;
    } else {
      removeRow(grow, button.closest("[data-grow-row]"));
    }
    event.preventDefault();
    if (form) form.dataset.touched = "yes";
  });

  all("[data-grow]").forEach(renumber);
})();
