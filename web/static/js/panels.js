// What opens and shuts on a page: small panels, the menu on narrow screens, parts that a link opened.
// Every page works without any of these scripts; they only save steps.
(function () {
  "use strict";

  const root = document.documentElement;
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));

  // Small panels: one open at a time, closed by Escape or a click elsewhere.
  function closePanels(except) {
    all("details.dd-pop[open]").forEach((panel) => {
      if (panel !== except) panel.open = false;
    });
  }
  document.addEventListener("click", (event) => {
    closePanels(event.target.closest("details.dd-pop"));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector("details.dd-pop[open]");
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
      return;
    }
    if (document.querySelector("dialog[open]")) return;
    if (!leaveMenu()) leavePart(event.target);
  });

  // A view is kept in a panel that opens to the right, or to the left where the page ends there.
  all(".dd-keep").forEach((panel) => {
    panel.addEventListener("toggle", () => {
      panel.classList.remove("is-turned");
      const edge = panel.querySelector(".dd-pop-panel").getBoundingClientRect().right;
      panel.classList.toggle("is-turned", edge > root.clientWidth);
    });
  });

  // Escape leaves the menu on narrow screens, and a part that a link opened on the page.
  function leaveMenu() {
    const menu = document.querySelector(".dd-menu.is-shown");
    const button = menu && document.querySelector(`[data-menu-button][aria-controls="${menu.id}"]`);
    if (!button) return false;
    button.click();
    button.focus();
    return true;
  }
  function leavePart(element) {
    const part = element.closest?.(".dd-fix");
    if (!part) return;
    part.replaceChildren();
    document.querySelector(`[data-hx-target="#${part.id}"]`)?.focus();
  }
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.matches?.(".dd-fix")) {
      event.target.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    }
  });

  // The menu on narrow screens.
  all("[data-menu-button]").forEach((button) => {
    const menu = document.getElementById(button.getAttribute("aria-controls"));
    button.addEventListener("click", () => {
      const shown = menu.classList.toggle("is-shown");
      button.setAttribute("aria-expanded", String(shown));
    });
  });

  // Words that somebody must read first get the focus.
  document.querySelector("[data-focus]")?.focus();
})();
