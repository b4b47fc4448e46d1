// What the server answers to a part of a page, and when it is put there.
(function () {
  "use strict";

  // What the server answers while a button is held down waits until it is let go: the page would
  // move away under the pointer, and the press be lost.
  let waiting = null;
  document.addEventListener("pointerdown", () => (waiting = waiting || []), true);
  ["pointerup", "pointercancel", "dragend"].forEach((name) =>
    document.addEventListener(name, () => window.setTimeout(letGo), true),
  );
  function letGo() {
    const held = waiting || [];
    waiting = null;
    held.forEach((swap) => swap());
  }
  // A reading that says the same again is left standing: leaving the field asks once more.
  const readings = new WeakMap();
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const { target, serverResponse, requestConfig } = detail;
    if (!target || !detail.shouldSwap) return;
    if (target.classList.contains("dd-reading")) {
      if (readings.get(target) === serverResponse) detail.shouldSwap = false;
      readings.set(target, serverResponse);
    }
    if (!waiting || !detail.shouldSwap) return;
    detail.shouldSwap = false;
    const swapStyle = requestConfig.elt.dataset.hxSwap || window.htmx.config.defaultSwapStyle;
    waiting.push(() => window.htmx.swap(target, serverResponse, { swapStyle }));
  });
})();
