// Forms: rows that grow, files checked before sending, typing kept from loss, selects one can search.
(function () {
  "use strict";

  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));

  // Vietnamese without its marks: "Đà Nẵng" and "da nang" are found by the same letters.
  const fold = (text) =>
    String(text)
      .normalize("NFD")
      .replace(/\p{Mn}/gu, "")
      .replace(/[đĐ]/g, "d")
      .toLowerCase();

  // How well a name answers what was typed, 0 for not at all: words side by side before words apart,
  // the shorter name first, so that Enter after "xa khanh son" takes the commune and nothing of it.
  function closeness(words, folded, name) {
    if (!words.every((word) => folded.includes(word))) return 0;
    return (` ${folded}`.includes(` ${words.join(" ")}`) ? 2 : 1) + 1 / (1 + name.length);
  }

  function openSelects(within) {
    if (!window.TomSelect) return;
    all("select[data-search]", within).forEach((select) => {
      if (select.tomselect || select.closest("template")) return;
      all("option", select).forEach((option) => {
        option.dataset.folded = fold(`${option.textContent} ${option.dataset.also || ""}`);
      });
      const box = new window.TomSelect(select, {
        plugins: select.multiple ? { remove_button: { title: select.dataset.remove || "" } } : {},
        maxOptions: 500,
        refreshThrottle: 0, // Enter takes what is shown for what was typed, never an older list
        onItemAdd() {
          this.setTextboxValue("");
          this.refreshOptions(false);
        },
        searchField: ["folded"],
        score(typed) {
          const words = fold(typed).split(/\s+/).filter(Boolean);
          return (item) => closeness(words, item.folded || "", item.text || "");
        },
        render: {
          no_results: () => {
            const line = document.createElement("div");
            line.className = "no-results";
            line.textContent = select.dataset.none || "";
            return line;
          },
        },
      });
      box.hook("instead", "onClick", () => box.focus()); // a click into the box never shuts it
      select.setAttribute("aria-hidden", "true"); // the box beside it speaks for it
      const about = select.getAttribute("aria-describedby");
      if (about) box.control_input.setAttribute("aria-describedby", about);
      if (select.getAttribute("aria-invalid")) box.control_input.setAttribute("aria-invalid", "true");
    });
  }

  // Rows that grow. Inputs are named <name>-<n>-<field>; the template has __n__ for the number.
  const NAMED = ["name", "id", "for", "value", "list", "aria-describedby", "aria-labelledby", "data-chosen-for"];
  function renumber(grow) {
    const name = grow.dataset.grow;
    const rows = all("[data-grow-row]", grow);
    const pattern = new RegExp(`\\b${name}-(?:\\d+|__n__)\\b`, "g");
    rows.forEach((row, index) => {
      [row, ...row.querySelectorAll("*")].forEach((element) => {
        Array.from(element.attributes).forEach((attribute) => {
          const counted = NAMED.includes(attribute.name) || attribute.name.startsWith("data-hx-");
          if (!counted || (attribute.name === "value" && element.tagName === "INPUT")) return;
          const renamed = attribute.value.replace(pattern, `${name}-${index}`);
          if (renamed !== attribute.value) element.setAttribute(attribute.name, renamed);
        });
        if (element.matches("[data-grow-remove]")) element.value = String(index);
      });
      const number = row.querySelector("[data-grow-number]");
      if (number) number.textContent = String(index + 1);
    });
    const least = Number(grow.dataset.atLeast || 1);
    all("[data-grow-remove]", grow).forEach((button) => {
      button.hidden = rows.length <= least;
    });
    return rows;
  }
  function say(grow) {
    const place = grow.querySelector("[data-grow-said]");
    if (place) place.textContent = String(all("[data-grow-row]", grow).length);
  }
  // What the row above says of these fields is said of a new one too; what differs is left to type.
  function copyFields(from, to, names) {
    return names
      .map((name) => [from, to].map((row) => row.querySelector(`[name$="-${name}"]`)))
      .filter(([above, field]) => above && field)
      .map(([above, field]) => {
        if (field.multiple) {
          const chosen = new Set(Array.from(above.selectedOptions, (option) => option.value));
          Array.from(field.options).forEach((option) => (option.selected = chosen.has(option.value)));
        } else {
          field.value = above.value;
        }
        return field;
      });
  }
  function addRow(grow, like) {
    const template = grow.querySelector("template[data-grow-template]");
    if (!template) return false;
    const place = grow.querySelector("[data-grow-rows]");
    place.append(template.content.cloneNode(true));
    const row = place.lastElementChild;
    const above = row.previousElementSibling;
    renumber(grow);
    const copied = like && above ? copyFields(above, row, like.split(" ")) : [];
    openSelects(row);
    if (window.htmx) window.htmx.process(row);
    copied.filter((field) => field.value).forEach((field) => {
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
    row.querySelector("input:not([type=hidden]), textarea, select")?.focus();
    say(grow);
    return true;
  }
  function removeRow(grow, row) {
    const neighbour = row.nextElementSibling || row.previousElementSibling;
    all("select", row).forEach((select) => select.tomselect?.destroy());
    row.remove();
    renumber(grow);
    (neighbour || grow.querySelector("[data-grow-add]")).focus();
    say(grow);
  }
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-grow-add], [data-grow-remove]");
    const grow = button?.closest("[data-grow]");
    if (!grow) return;
    const form = grow.closest("form");
    if (button.matches("[data-grow-add]")) {
      if (!addRow(grow, button.dataset.growLike)) return;
    } else {
      removeRow(grow, button.closest("[data-grow-row]"));
    }
    event.preventDefault();
    if (form) form.dataset.touched = "yes";
  });

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

  // The summary of errors leads to the field, also where a search box stands in for it.
  document.addEventListener("click", (event) => {
    const link = event.target.closest('.dd-notice a[href^="#"]');
    const field = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!field) return;
    event.preventDefault();
    (field.tomselect || field).focus();
    field.closest(".dd-field")?.scrollIntoView({ block: "center" });
  });

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

  all("[data-grow]").forEach(renumber);
  openSelects(document);
  document.addEventListener("htmx:load", (event) => openSelects(event.detail.elt));
})();
