// One press that moves words: out to be pasted elsewhere, or into the fields of a form.
(function () {
  "use strict";

  // Words copied by one press; where the browser does not allow it they stand selected.
  const copied = (button) => {
    const said = button.parentElement.querySelector("[data-copy-said]");
    button.querySelector("span").textContent = button.dataset.copied;
    if (said) said.textContent = button.dataset.copied;
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    const words = button && document.getElementById(button.dataset.copy);
    if (!words) return;
    words.focus();
    words.select();
    if (window.navigator.clipboard && window.isSecureContext) {
      window.navigator.clipboard.writeText(words.value).then(() => copied(button), () => {});
    } else if (document.execCommand("copy")) {
      copied(button);
    }
  });

  // The other reading of a deadline is set as another date; its reason is asked for at once.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-reading-day]");
    const place = button?.closest("[data-grow-row]") ?? button?.closest("form");
    const day = place?.querySelector("[name$='due_set_on']");
    const reason = place?.querySelector("[name$='due_set_reason']");
    if (!day || !reason) return;
    const closed = day.closest("details");
    if (closed) closed.open = true;
    day.value = button.dataset.readingDay;
    reason.focus();
    button.closest("form").dataset.touched = "yes";
  });

  // A paper that is known fills the fields beside its number; each can still be typed over.
  // `data-fill-read` has what is filled read again, as if it were typed.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-fill]");
    const form = button?.closest("form");
    if (!form) return;
    Object.entries(JSON.parse(button.dataset.fill)).forEach(([name, value]) => {
      const field = form.elements.namedItem(name);
      if (value && field && "value" in field) field.value = value;
      if ("fillRead" in button.dataset) field?.dispatchEvent(new Event("change", { bubbles: true }));
    });
    form.dataset.touched = "yes";
  });
})();
