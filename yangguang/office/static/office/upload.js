// Shows how much of a file has gone up. Without it the form is sent by the browser, and the server's page tells
// how far the reading is.
"use strict";

(() => {
  const form = document.querySelector("form[data-upload]");
  if (!form) return;
  const sending = form.querySelector("[data-upload-progress]");
  const words = sending.querySelector("p");
  const bar = sending.querySelector("progress");
  const refused = form.querySelector("[data-upload-refused]");
  const buttons = form.querySelectorAll("button[type=submit]");
  const size = new Intl.NumberFormat("zh-Hans", { maximumFractionDigits: 1, minimumFractionDigits: 1 });

  const busy = (is) => {
    sending.hidden = !is;
    buttons.forEach((button) => { button.disabled = is; });
  };

  const refuse = (problems) => {
    busy(false);
    refused.replaceChildren(...problems.map((problem) => {
      const line = document.createElement("p");
      line.textContent = problem;
      return line;
    }));
    refused.hidden = false;
    refused.scrollIntoView({ block: "center" });
  };

  const onProgress = (event) => {
    if (!event.lengthComputable) return;
    const part = event.loaded / event.total;
    bar.max = 1;
    bar.value = part;
    words.textContent = `${words.dataset.sending} ${size.format(event.loaded / 1e6)} / ${size.format(event.total / 1e6)} MB，${Math.floor(part * 100)}%`;
  };

  const onAnswer = (request) => {
    let told = {};
    try {
      told = JSON.parse(request.responseText);
    } catch {
      told = {};
    }
    if (told.next) location.assign(told.next);
    else refuse(told.problems || [words.dataset.failed]);
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    refused.hidden = true;
    busy(true);
    const request = new XMLHttpRequest();
    request.open("POST", location.href);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", onProgress);
    request.upload.addEventListener("load", () => {
      bar.removeAttribute("value");
      words.textContent = words.dataset.reading;
    });
    request.addEventListener("load", () => onAnswer(request));
    request.addEventListener("error", () => refuse([words.dataset.broken]));
    request.send(new FormData(form));
  });

  // Coming back by the browser's button: the form is as it was left, nothing is under way.
  window.addEventListener("pageshow", () => busy(false));
})();
