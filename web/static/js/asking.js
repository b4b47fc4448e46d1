// What goes to the server: a question before a grave step, and the proof that a form carries.
(function () {
  "use strict";

  // A question before a grave step; the form says it in data-confirm.
  const confirmation = document.getElementById("confirm");
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const question = event.submitter?.dataset.confirm || form.dataset.confirm;
    if (!question || form.dataset.confirmed) return;
    event.preventDefault();
    document.getElementById("confirm-question").textContent = question;
    confirmation.returnValue = "no";
    confirmation.showModal();
    confirmation.addEventListener(
      "close",
      () => {
        if (confirmation.returnValue !== "yes") return;
        form.dataset.confirmed = "yes";
        form.requestSubmit(event.submitter || undefined);
        delete form.dataset.confirmed;
      },
      { once: true },
    );
  });

  // What the server answers to a part of a page carries the same proof as a form.
  document.addEventListener("htmx:configRequest", (event) => {
    const token = document.querySelector('meta[name="csrf-token"]')?.content;
    if (token && event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token;
  });
})();
