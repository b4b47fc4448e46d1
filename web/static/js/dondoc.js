// The frame's conduct: menus, keys, theme, columns, questions before grave steps.
// Every page works without it; it only saves steps.
(function () {
  "use strict";

  const root = document.documentElement;
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  const typing = (element) =>
    element.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName);

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

  // Light, dark, or as the system has it.
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

  // Rows of a list to choose: the whole page at once, and how many.
  all("[data-choose]").forEach((bar) => {
    const rows = all('input[name="chosen"]').filter((box) => box.form === bar);
    const page = bar.querySelector("[data-choose-page]");
    const whole = page.querySelector("input");
    const count = bar.querySelector("[data-choose-count]");
    const tell = () => {
      const chosen = rows.filter((box) => box.checked).length;
      count.textContent = chosen ? count.dataset.chooseCount.replace("%n", String(chosen)) : "";
      whole.checked = chosen === rows.length;
      whole.indeterminate = chosen > 0 && chosen < rows.length;
    };
    page.hidden = false;
    whole.addEventListener("change", () => {
      rows.forEach((box) => {
        box.checked = whole.checked;
      });
      tell();
    });
    rows.forEach((box) => box.addEventListener("change", tell));
    bar.addEventListener("submit", (event) => {
      if (!rows.some((box) => box.checked)) {
        event.preventDefault();
        rows[0].focus();
      }
    });
    tell();
  });

  // Many boxes under one question: all of them at once, and how many are ticked.
  all("[data-tick]").forEach((group) => {
    const row = group.querySelector("[data-tick-all]");
    const whole = row.querySelector("input");
    const count = row.querySelector("[data-tick-count]");
    const boxes = Array.from(group.querySelectorAll(group.dataset.tick || "input[name]"));
    const tell = () => {
      const ticked = boxes.filter((box) => box.checked).length;
      count.textContent = ticked ? count.dataset.tickCount.replace("%n", String(ticked)) : "";
      whole.checked = boxes.length > 0 && ticked === boxes.length;
      whole.indeterminate = ticked > 0 && ticked < boxes.length;
    };
    row.hidden = boxes.length < 2;
    whole.addEventListener("change", () => {
      boxes.forEach((box) => {
        box.checked = whole.checked;
      });
      tell();
    });
    boxes.forEach((box) => box.addEventListener("change", tell));
    // Who writes in a line means it: words in a line that is not ticked would be lost.
    group.addEventListener("input", ({ target }) => {
      const line = target.closest("li");
      const box = line && boxes.find((one) => line.contains(one));
      if (!box || !target.matches("textarea, [type=text]") || !target.value.trim()) return;
      box.checked = true;
      tell();
    });
    tell();
  });

  // On a phone the conditions of a list fold away: the list itself comes first.
  if (window.matchMedia("(max-width: 767px)").matches) {
    all("form[role=search]").forEach((form) => {
      if (!form.matches(".dd-filters, .dd-filter-form")) return;
      const fold = document.createElement("button");
      fold.type = "button";
      fold.className = "btn dd-fold";
      fold.textContent = form.getAttribute("aria-label");
      const show = (open) => {
        form.classList.toggle("is-folded", !open);
        fold.setAttribute("aria-expanded", String(open));
      };
      fold.addEventListener("click", () => show(form.classList.contains("is-folded")));
      form.before(fold);
      show(false);
    });
  }

  // Nor does a report unroll there over every agency: the first ones, the sum, and the rest in a press.
  if (window.matchMedia("(max-width: 767px)").matches) {
    all("[data-fold]").forEach((group) => {
      const rows = Array.from(group.querySelectorAll(group.dataset.fold));
      const rest = rows.slice(8, -1);
      if (rest.length < 3) return;
      rest.forEach((row) => row.classList.add("is-folded"));
      const more = document.createElement("button");
      more.type = "button";
      more.className = "btn dd-fold";
      more.textContent = group.dataset.foldWords.replace("%n", String(rows.length));
      more.addEventListener("click", () => {
        rest.forEach((row) => row.classList.remove("is-folded"));
        rest[0].querySelector("a, button")?.focus();
        more.remove();
      });
      group.append(more);
    });
  }

  // Paper.
  all("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });

  // On paper nothing is folded away.
  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = all("main details:not([open]):not(.dd-pop)");
    folded.forEach((part) => {
      part.open = true;
    });
  });
  window.addEventListener("afterprint", () => {
    folded.forEach((part) => {
      part.open = false;
    });
  });

  // A view is kept as the address has it by now, hidden columns too.
  all("[data-keep]").forEach((form) =>
    form.addEventListener("submit", () => {
      form.elements.query.value = window.location.search.slice(1);
    }),
  );

  // Keys.
  const keys = document.getElementById("keys");
  all("[data-keys-open]").forEach((button) =>
    button.addEventListener("click", () => {
      closePanels(null);
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

  // Which columns are shown; the address keeps it, so that the view can be sent to a colleague.
  function showColumns(table, hidden) {
    all("[data-col]", table).forEach((cell) => {
      cell.hidden = hidden.includes(cell.dataset.col);
    });
  }
  all("[data-columns-for]").forEach((menu) => {
    const table = document.getElementById(menu.dataset.columnsFor);
    const boxes = all("input[type=checkbox]", menu);
    if (!table) return;
    const address = new URL(window.location.href);
    const shown = address.searchParams.get("show");
    const hides = address.searchParams.get("hide");
    if (shown !== null || hides !== null) {
      boxes.forEach((box) => {
        // An old address says what is left out; a column that came after it the server leaves out too.
        box.checked =
          shown !== null
            ? shown.split(",").includes(box.value)
            : !hides.split(",").includes(box.value) && !!table.querySelector(`[data-col="${box.value}"]`);
      });
    }
    const apply = () => {
      showColumns(
        table,
        boxes.filter((box) => !box.checked).map((box) => box.value),
      );
      return boxes.filter((box) => box.checked).map((box) => box.value);
    };
    apply();
    menu.addEventListener("change", () => {
      const now = new URL(window.location.href);
      // What stands is named, not what is left out: a column added later is in no view kept before.
      now.searchParams.set("show", apply().join(",") || "-");
      now.searchParams.delete("hide");
      // A column the server was not asked for comes with the page anew.
      const missing = boxes.some((box) => box.checked && !table.querySelector(`[data-col="${box.value}"]`));
      if (missing) {
        window.location.assign(now);
        return;
      }
      window.history.replaceState(null, "", now);
      keepColumns();
    });
  });
  function keepColumns() {
    const now = new URL(window.location.href).searchParams;
    const name = ["show", "hide"].find((one) => now.get(one) !== null);
    if (!name) return;
    all(".is-list thead a, .dd-pager a, .dd-sentence a, .dd-exports a").forEach((link) => {
      const target = new URL(link.href);
      target.searchParams.delete("hide");
      target.searchParams.set(name, now.get(name));
      link.href = target.href;
    });
  }
  keepColumns();

  // What the server answers to a part of a page carries the same proof as a form.
  document.addEventListener("htmx:configRequest", (event) => {
    const token = document.querySelector('meta[name="csrf-token"]')?.content;
    if (token && event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token;
  });

  // Words that somebody must read first get the focus.
  document.querySelector("[data-focus]")?.focus();
})();
