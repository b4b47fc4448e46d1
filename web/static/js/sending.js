// The sending of a form: nothing typed is lost before it, and nothing goes twice.
(function () {
  "use strict";

  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));

  // Typing that was not sent is not lost by a stray click.
  const guarded = () => all("form[data-guard]").some((form) => form.dataset.touched === "yes");
  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("form[data-guard]");
    if (form) form.dataset.touched = "yes";
  });
  document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) delete event.target.dataset.touched;
  });
  window.addEventListener("beforeunload", (event) => {
    if (guarded()) event.preventDefault();
  });

  // A form is sent once, however often the button is pressed.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    // An answer that is a file leaves the page; a file on its way up takes long, and gives a page.
    const patience = form.enctype === "multipart/form-data" ? 60000 : 5000;
    window.setTimeout(() => delete form.dataset.sent, patience);
  });
  window.addEventListener("pageshow", () => {
    all("form[data-sent]").forEach((form) => delete form.dataset.sent);
  });
})();
