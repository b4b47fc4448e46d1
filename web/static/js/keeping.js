// What was typed into a form whose sending was turned away (the session had ended, the page was too
// old) is put back when the same person stands before the same form again. It stays in this tab,
// never holds a password or a file, and is forgotten as soon as a form went through.
(function () {
  "use strict";

  const PLACE = "kept-form";
  const who = document.body.dataset.who || "";
  const here = window.location.pathname;
  const skipped = new Set(["hidden", "password", "file", "submit", "button", "reset", "image"]);
  const fields = (form) =>
    Array.from(form.elements).filter(
      (field) => field.name && !skipped.has(field.type) && !field.closest("template"),
    );
  const addressOf = (form) => new URL(form.action, window.location.href).pathname;

  function stored() {
    try {
      return JSON.parse(window.sessionStorage.getItem(PLACE) || "null");
    } catch (error) {
      return null; // storage may be closed, or hold what is not ours
    }
  }
  function store(kept) {
    try {
      if (kept) window.sessionStorage.setItem(PLACE, JSON.stringify(kept));
      else window.sessionStorage.removeItem(PLACE);
    } catch (error) {
      // storage may be closed or full: then nothing is kept, as before
    }
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || !who || event.defaultPrevented) return;
    const values = fields(form).map((field) => [
      field.name,
      field.type === "checkbox" || field.type === "radio" ? [field.value, field.checked] : chosen(field),
    ]);
    store(values.length ? { who, page: here, to: addressOf(form), values } : null);
  });
  const chosen = (field) =>
    field.multiple ? Array.from(field.selectedOptions, (option) => option.value) : field.value;

  function put(form, name, value) {
    const named = fields(form).filter((field) => field.name === name);
    const box = named.find((field) => field.type === "checkbox" || field.type === "radio");
    if (box) {
      const own = named.find((field) => field.value === value[0]);
      if (own) own.checked = value[1];
    } else if (named[0]?.tomselect) {
      named[0].tomselect.setValue(value, true);
    } else if (named[0]?.multiple) {
      Array.from(named[0].options).forEach((option) => (option.selected = value.includes(option.value)));
    } else if (named[0]) {
      named[0].value = value;
    }
  }

  // Rows that grow: as many as were there, so that each value finds its field.
  function grow(form, values) {
    form.querySelectorAll("[data-grow]").forEach((rows) => {
      const pattern = new RegExp(`^${rows.dataset.grow}-(\\d+)-`);
      const last = Math.max(-1, ...values.map(([name]) => Number(pattern.exec(name)?.[1] ?? -1)));
      const button = rows.querySelector("[data-grow-add]");
      for (let spare = 500; button && spare > 0; spare -= 1) {
        if (rows.querySelectorAll("[data-grow-row]").length > last) return;
        button.click();
      }
    });
  }

  // A form that came back with errors stands in the history as the page it was sent from: going back to it later,
  // or loading it again, neither asks to send it once more nor loses a word.
  const kept = stored();
  const cameBack = document.querySelector("main [data-focus]") && new URL(document.referrer || "about:blank").pathname === here;
  if (cameBack) {
    window.history.replaceState(window.history.state, "", window.location.href);
    if (kept) store({ ...kept, turned: true, quiet: true });
    return;
  }
  if (!kept) return;
  if (document.querySelector("[data-keeps-form]")) {
    store({ ...kept, turned: true }); // the page that turned it away, or of signing in again
    return;
  }
  const form = Array.from(document.forms).find((one) => one.method === "post" && addressOf(one) === kept.to);
  store(null);
  if (!kept.turned || kept.who !== who || kept.page !== here || !form) return;
  if (document.querySelector(".has-error")) return; // the server has given it back already
  grow(form, kept.values);
  kept.values.forEach(([name, value]) => put(form, name, value));
  form.dataset.touched = "yes";
  const said = document.getElementById("kept-form-said");
  if (said && !kept.quiet) {
    said.hidden = false;
  }
})();
