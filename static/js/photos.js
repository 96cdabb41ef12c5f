/* Photos of a listing leave the phone one by one, at 1600 px, while the seller looks on; one that fails can be sent again.
   Without this file the form sends them all at once. Words come from data attributes. */
(() => {
  "use strict";
  const LONGEST_PX = 1600;
  const form = document.querySelector("form[data-photos]");
  if (!form || !window.createImageBitmap || !window.fetch) return;
  const list = form.querySelector("[data-photos-list]");
  const words = form.dataset;
  form.querySelector("[data-photos-send]").hidden = true;
  let waiting = 0;
  let failed = 0;

  const smaller = (file) =>
    createImageBitmap(file, { imageOrientation: "from-image" }).then((picture) => {
      const scale = Math.min(1, LONGEST_PX / Math.max(picture.width, picture.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      return new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.8));
    }).then((blob) => (blob && blob.size < file.size ? blob : file), () => file);

  const line = (file) => {
    const item = document.createElement("li");
    item.className = "upload-photo upload-photo--busy";
    const bar = document.createElement("progress");
    bar.className = "upload-photo__progress";
    bar.setAttribute("aria-label", file.name);
    const note = document.createElement("p");
    note.className = "upload-photo__note";
    item.append(bar, note);
    list.append(item);
    list.hidden = false;
    return item;
  };

  const settle = () => { if (!waiting && !failed) window.location.reload(); };

  // One after the other: on a slow line two at a time only make both slow, and their order stays that of the choice.
  let queue = Promise.resolve();
  const send = (file, item) => {
    waiting += 1;
    item.querySelector(".upload-photo__note").textContent = words.sending;
    queue = queue.then(() => smaller(file)).then((photo) => {
      const body = new FormData();
      body.append("photos", photo, "photo.jpg");
      return fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
    }).then((answer) => (answer.ok ? "" : answer.json().then((told) => told.error || words.failed)), () => words.failed)
      .catch(() => words.failed)
      .then((problem) => {
        waiting -= 1;
        if (problem) offer(file, item, problem); else item.remove();
        settle();
      });
  };
  const offer = (file, item, problem) => {
    failed += 1;
    item.querySelector("progress").hidden = true;
    item.querySelector(".upload-photo__note").textContent = problem;
    const again = document.createElement("button");
    again.type = "button";
    again.className = "button button--secondary button--small";
    again.textContent = words.retry;
    again.addEventListener("click", () => {
      failed -= 1;
      again.remove();
      item.querySelector("progress").hidden = false;
      send(file, item);
    });
    item.append(again);
  };
  form.addEventListener("change", (event) => {
    if (event.target.type !== "file") return;
    Array.from(event.target.files).forEach((file) => send(file, line(file)));
    event.target.value = "";
  });
})();
