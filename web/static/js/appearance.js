// The button that changes between light, dark, and as the system has it; theme.js applies the choice.
(function () {
  "use strict";

  const root = document.documentElement;
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));

  const THEMES = [null, "light", "dark"];
  all("[data-theme-next]").forEach((button) => {
    button.addEventListener("click", () => {
      const now = root.getAttribute("data-bs-theme");
      const next = THEMES[(THEMES.indexOf(now) + 1) % THEMES.length];
      if (next) root.setAttribute("data-bs-theme", next);
      else root.removeAttribute("data-bs-theme");
      try {
        if (next) window.localStorage.setItem("theme", next);
        else window.localStorage.removeItem("theme");
      } catch (error) {
        // storage may be closed; the choice then lasts for this page
      }
    });
  });
})();
