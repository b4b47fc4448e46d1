// Runs before the page is drawn: the chosen theme, and a mark that scripts work.
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("js");
  var chosen = null;
  try {
    chosen = window.localStorage.getItem("theme");
  } catch (error) {
    chosen = null; // storage may be closed; the system's theme holds
  }
  if (chosen === "light" || chosen === "dark") root.setAttribute("data-bs-theme", chosen);
})();
