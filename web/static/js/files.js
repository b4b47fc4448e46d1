// Files, looked at before they travel.
(function () {
  "use strict";

  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));

  // A file's name and size before it travels.
  const size = (bytes) => {
    const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
    return bytes < 1048576 ? `${number.format(Math.max(bytes, 103) / 1024)} KB` : `${number.format(bytes / 1048576)} MB`;
  };
  document.addEventListener("change", (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || input.type !== "file") return;
    const files = Array.from(input.files);
    const most = Number(input.dataset.maxBytes || 0);
    const together = files.reduce((sum, file) => sum + file.size, 0);
    const tooBig = most && (files.some((file) => file.size > most) || together > most * 4);
    const endings = input.accept.toLowerCase().split(",").filter(Boolean);
    const isFit = (file) => !endings.length || endings.some((ending) => file.name.toLowerCase().endsWith(ending.trim()));
    const unfit = files.filter((file) => !isFit(file)).map((file) => file.name);
    const place = document.querySelector(`[data-chosen-for="${CSS.escape(input.id)}"]`);
    const wrong = unfit.length ? `${unfit.join("; ")}: ${input.dataset.wrongType}` : tooBig ? input.dataset.tooBig : "";
    input.setCustomValidity(wrong);
    if (place) {
      place.textContent = wrong || files.map((file) => `${file.name}, ${size(file.size)}`).join("; ") || place.dataset.none;
      place.classList.toggle("dd-late", Boolean(wrong));
    }
  });
  // What the server would refuse is not sent: the field says why, and what to choose instead.
  document.addEventListener("submit", (event) => {
    const unfit = all('input[type="file"]', event.target).find((input) => input.validity.customError);
    if (!unfit || event.submitter?.formNoValidate) return;
    event.preventDefault();
    unfit.focus();
    unfit.closest(".dd-field")?.scrollIntoView({ block: "center" });
  });
})();
