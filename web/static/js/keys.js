// Keys: where they lead, and the list of them.
(function () {
  "use strict";

  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  const typing = (element) =>
    element.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName);

  const keys = document.getElementById("keys");
  all("[data-keys-open]").forEach((button) =>
    button.addEventListener("click", () => {
      button.closest("details.dd-pop")?.removeAttribute("open");
      keys.showModal();
    }),
  );
  let waitingForGo = 0;
  function go(letter) {
    const link = document.querySelector(`[data-go="${letter}"]`);
    if (link) link.click();
    return Boolean(link);
  }
  function step(by) {
    const links = all(".is-list td.is-lead a, .is-list td.is-lead [data-row]").filter((link) => link.offsetParent);
    if (!links.length) return;
    const at = links.indexOf(document.activeElement);
    const next = at < 0 ? (by > 0 ? 0 : links.length - 1) : at + by;
    if (links[next]) links[next].focus();
  }
  const PRESSED = {
    "/": () => document.querySelector('[data-key="/"]')?.focus(),
    "?": () => keys.showModal(),
    j: () => step(1),
    k: () => step(-1),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    if (event.timeStamp - waitingForGo < 1000 && go(event.key)) {
      event.preventDefault();
      waitingForGo = 0;
      return;
    }
    if (event.key === "g") {
      waitingForGo = event.timeStamp;
      return;
    }
    if (PRESSED[event.key]) {
      event.preventDefault();
      PRESSED[event.key]();
    }
  });
})();
