/* Small extras over pages that work without them. ES2018, no eval, nothing inline.
   Words come from data attributes, never from here. */
(() => {
  "use strict";
  const doc = document;
  const all = (selector, root) => Array.from((root || doc).querySelectorAll(selector));
  const on = (type, selector, act) =>
    doc.addEventListener(type, (event) => {
      const found = event.target.closest && event.target.closest(selector);
      if (found) act(event, found);
    });
  const words = () => doc.body.dataset;

  // Cart count: pages are the same for everybody, the number is in a cookie.
  const countCart = () => {
    const match = /(?:^|; )cart_n=(\d{1,4})/.exec(doc.cookie);
    const number = match ? Number(match[1]) : 0;
    all("[data-cart-count]").forEach((badge) => {
      badge.textContent = number > 99 ? "99+" : String(number);
      badge.hidden = number === 0;
    });
  };

  // Toasts leave after six seconds, unless somebody is reading or using them.
  const TOAST_MS = 6000;
  const startToast = (toast) => {
    all("[data-toast-close]", toast).forEach((button) => { button.hidden = false; });
    const leave = () => {
      if (toast.matches(":hover, :focus-within")) setTimeout(leave, 2000);
      else toast.remove();
    };
    setTimeout(leave, TOAST_MS);
  };
  const say = (message, kind, action, act) => {
    const region = doc.querySelector("[data-toasts]");
    if (!region || !message) return;
    const toast = doc.createElement("div");
    toast.className = "toast" + (kind ? " toast--" + kind : "");
    toast.dataset.toast = "";
    const text = doc.createElement("p");
    text.className = "toast__text";
    text.textContent = message;
    toast.append(text);
    if (action) {
      const button = doc.createElement("button");
      button.type = "button";
      button.className = "button button--quiet button--small";
      button.textContent = action;
      button.addEventListener("click", () => { toast.remove(); act(); });
      toast.append(button);
    }
    region.replaceChildren(toast);
    startToast(toast);
  };
  on("click", "[data-toast-close]", (event, button) => button.closest("[data-toast]").remove());

  // A form is sent once. The button that sent it shows its busy words until the page changes or comes back.
  const setBusy = (button, busy) => {
    const label = button.querySelector(".button__label");
    if (busy) {
      button.setAttribute("aria-disabled", "true");
      if (label && button.dataset.busy) {
        button.dataset.idle = label.textContent;
        label.textContent = button.dataset.busy;
      }
    } else {
      button.removeAttribute("aria-disabled");
      if (label && button.dataset.idle) label.textContent = button.dataset.idle;
    }
  };
  const rest = (form) => {
    delete form.dataset.sent;
    all('button[aria-disabled="true"]', form).forEach((button) => setBusy(button, false));
  };
  doc.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    if (navigator.onLine === false) {
      event.preventDefault();
      const button = event.submitter;
      say(words().offline, "warn", words().retry, () => form.requestSubmit(button || undefined));
      return;
    }
    form.dataset.sent = "1";
    const button = event.submitter || form.querySelector("button[data-busy]");
    // After this turn, so that the button's own name and value still travel with the form.
    if (button) setTimeout(() => setBusy(button, true));
    // A download or a lost answer leaves the page standing: give the form back.
    setTimeout(() => rest(form), 20000);
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) { all("form[data-sent]").forEach(rest); countCart(); }
  });
  window.addEventListener("offline", () => say(words().offline, "warn"));
  doc.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest("form");
    if (form) rest(form);
    countCart();
  });
  doc.addEventListener("htmx:sendError", (event) => {
    const source = event.detail.elt;
    say(words().offline, "warn", words().retry, () => (source.requestSubmit ? source.requestSubmit() : source.click()));
  });
  doc.addEventListener("htmx:afterSettle", (event) => {
    ready(event.target);
    // What had the focus is gone (a removed filter): go on at the results, not at the top of the page.
    const results = doc.activeElement === doc.body && doc.getElementById("results");
    if (results) results.focus({ preventScroll: true });
  });

  on("click", "[data-copy]", (event, button) => {
    navigator.clipboard.writeText(button.dataset.copy).then(() => {
      const label = button.querySelector(".button__label");
      const before = label.textContent;
      label.textContent = button.dataset.done;
      say(button.dataset.done);
      setTimeout(() => { label.textContent = before; }, 3000);
    }, () => {});
  });
  on("click", "[data-print]", () => window.print());
  on("click", "[data-reveal]", (event, button) => {
    const field = doc.getElementById(button.dataset.reveal);
    const shown = field.type === "text";
    field.type = shown ? "password" : "text";
    button.textContent = shown ? button.dataset.show : button.dataset.hide;
  });

  // A dialog's opener is a link to a page that does the same.
  on("click", "[data-dialog]", (event, link) => {
    const dialog = doc.getElementById(link.dataset.dialog);
    if (!dialog || !dialog.showModal || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    dialog.showModal();
  });
  on("click", "dialog", (event, dialog) => { if (event.target === dialog) dialog.close(); });

  // The menu closes on Escape and on a click outside.
  const closeMenus = (inside) =>
    all("details[data-menu][open]").forEach((menu) => { if (!menu.contains(inside)) menu.open = false; });
  doc.addEventListener("click", (event) => closeMenus(event.target));
  doc.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && doc.querySelector("details[data-menu][open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
  });

  on("click", "[data-step]", (event, button) => {
    const field = button.closest("[data-stepper]").querySelector("input");
    if (button.dataset.step > 0) field.stepUp(); else field.stepDown();
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });

  // A form that sends itself when a choice changes needs no button of its own.
  doc.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-auto-submit]");
    if (form) form.requestSubmit();
  });

  // Gallery: the thumbs push the row of photos; the row tells which thumb is current.
  const startGallery = (gallery) => {
    const stage = gallery.querySelector(".gallery__stage");
    const thumbs = all(".gallery__thumb", gallery);
    const mark = (index) => thumbs.forEach((thumb, at) => {
      if (at === index) thumb.setAttribute("aria-current", "true"); else thumb.removeAttribute("aria-current");
    });
    thumbs.forEach((thumb, index) => thumb.addEventListener("click", (event) => {
      event.preventDefault();
      stage.scrollTo({ left: stage.clientWidth * index });
      mark(index);
    }));
    let waiting = 0;
    stage.addEventListener("scroll", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => mark(Math.round(stage.scrollLeft / stage.clientWidth)), 80);
    }, { passive: true });
  };

  // Combobox: a text field with at most eight suggestions. Rows are {value, label, note, url}.
  let boxes = 0;
  const startCombobox = (box) => {
    const field = box.querySelector("input[data-source]");
    const key = box.querySelector("[data-key]");
    const list = doc.createElement("ul");
    list.id = "options-" + ++boxes;
    list.className = "options";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", field.labels && field.labels[0] ? field.labels[0].textContent.trim() : "");
    list.hidden = true;
    box.append(list);
    const set = (name, value) => field.setAttribute(name, value);
    set("role", "combobox");
    set("aria-autocomplete", "list");
    set("aria-controls", list.id);
    set("aria-expanded", "false");
    let rows = [];
    let at = -1;
    let asked = 0;
    let waiting = 0;

    const close = () => { list.hidden = true; at = -1; set("aria-expanded", "false"); field.removeAttribute("aria-activedescendant"); };
    const point = (index) => {
      at = index;
      all("[role=option]", list).forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
      if (at < 0) { field.removeAttribute("aria-activedescendant"); return; }
      const option = doc.getElementById(list.id + "-" + at);
      set("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    };
    const choose = (index) => {
      const row = rows[index];
      close();
      if (row.url) { window.location.assign(row.url); return; }
      field.value = row.label;
      if (key) { key.value = row.value; key.dispatchEvent(new Event("change", { bubbles: true })); }
    };
    const show = () => {
      list.replaceChildren();
      rows.forEach((row, index) => {
        const option = doc.createElement("li");
        option.id = list.id + "-" + index;
        option.className = "options__option";
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.append(row.label);
        if (row.note) {
          const note = doc.createElement("span");
          note.className = "options__note";
          note.textContent = row.note;
          option.append(note);
        }
        option.addEventListener("pointerdown", (event) => { event.preventDefault(); });
        option.addEventListener("click", () => choose(index));
        list.append(option);
      });
      if (!rows.length && field.dataset.empty) {
        const none = doc.createElement("li");
        none.className = "options__empty";
        none.textContent = field.dataset.empty;
        list.append(none);
      }
      list.hidden = !list.children.length;
      set("aria-expanded", String(!list.hidden));
      point(-1);
    };
    const ask = () => {
      const wanted = field.value.trim();
      const turn = ++asked;
      if (wanted.length < 2) { close(); return; }
      const join = field.dataset.source.includes("?") ? "&" : "?";
      fetch(field.dataset.source + join + "q=" + encodeURIComponent(wanted), { headers: { Accept: "application/json" } })
        .then((answer) => (answer.ok ? answer.json() : []))
        .then((found) => { if (turn === asked && doc.activeElement === field) { rows = found.slice(0, 8); show(); } }, () => close());
    };
    field.addEventListener("input", () => {
      if (key) key.value = "";
      clearTimeout(waiting);
      waiting = setTimeout(ask, 300);
    });
    field.addEventListener("keydown", (event) => {
      if (list.hidden || !rows.length) return;
      if (event.key === "ArrowDown") { event.preventDefault(); point((at + 1) % rows.length); }
      else if (event.key === "ArrowUp") { event.preventDefault(); point(at <= 0 ? rows.length - 1 : at - 1); }
      else if (event.key === "Enter" && at >= 0) { event.preventDefault(); choose(at); }
      else if (event.key === "Escape") { event.preventDefault(); close(); }
    });
    field.addEventListener("blur", () => { asked++; close(); });
  };

  // Which cards stood on the screen, sent in batches without cookies; the page says nothing about who looked.
  const seen = new Set();
  let unsent = [];
  const report = () => {
    if (!unsent.length) return;
    fetch("/seen", {
      method: "POST", keepalive: true, credentials: "omit", headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ page: location.pathname, goods: unsent.splice(0, 50) }),
    }).catch(() => {});
  };
  const watcher = "IntersectionObserver" in window && !location.pathname.startsWith("/staff") && new IntersectionObserver((entries) => {
    entries.forEach((entry) => {
      if (!entry.isIntersecting) return;
      watcher.unobserve(entry.target);
      const slug = new URL(entry.target.querySelector(".card__link").href).pathname.split("/").pop();
      if (seen.has(slug)) return;
      seen.add(slug);
      unsent.push(slug);
    });
  }, { threshold: 0.5 });
  setInterval(report, 5000);
  doc.addEventListener("visibilitychange", () => { if (doc.visibilityState === "hidden") report(); });
  // Photos leave the phone at 1600 px: a tenth of the bytes on a slow line. What cannot be made smaller goes as it is.
  const LONGEST_PX = 1600;
  const smaller = (file) =>
    createImageBitmap(file, { imageOrientation: "from-image" }).then((picture) => {
      const scale = Math.min(1, LONGEST_PX / Math.max(picture.width, picture.height));
      const canvas = doc.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      return new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.8));
    }).then((blob) => (blob && blob.size < file.size ? new File([blob], file.name, { type: "image/jpeg" }) : file), () => file);
  const startShrink = (field) => field.addEventListener("change", () => {
    const chosen = Array.from(field.files);
    Promise.all(chosen.map((file) => (file.type.startsWith("image/") ? smaller(file) : file))).then((files) => {
      const carried = new DataTransfer();
      files.forEach((file) => carried.items.add(file));
      if (field.files.length === chosen.length && chosen.every((file, at) => file === field.files[at])) field.files = carried.files;
    });
  });

  const once = (selector, root, start) =>
    all(selector, root).forEach((element) => {
      if (element.dataset.ready) return;
      element.dataset.ready = "1";
      start(element);
    });
  const ready = (root) => {
    all(".stepper__button[hidden], [data-reveal][hidden]", root).forEach((button) => { button.hidden = false; });
    all("[data-auto-submit] button", root).forEach((button) => { button.hidden = true; });
    if (window.matchMedia("(min-width: 64rem)").matches) all("details[data-open-wide]", root).forEach((part) => { part.open = true; });
    if (navigator.clipboard) all("[data-copy][hidden]", root).forEach((button) => { button.hidden = false; });
    once("[data-toast]", root, startToast);
    once("[data-gallery]", root, startGallery);
    once("[data-combobox]", root, startCombobox);
    if (watcher) once(".card", root, (card) => watcher.observe(card));
    if (window.createImageBitmap && window.DataTransfer) once("[data-shrink]", root, startShrink);
    const summary = (root || doc).querySelector("[data-error-summary]");
    if (summary) summary.focus();
  };
  countCart();
  ready(doc);
})();
