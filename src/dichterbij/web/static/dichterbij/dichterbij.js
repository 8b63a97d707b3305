// Two comforts; nothing needs them. A form is not sent twice, and you hear it before your session ends.
(() => {
  "use strict";

  document.addEventListener("submit", (event) => {
    if (event.target.dataset.sent) {
      event.preventDefault();
      return;
    }
    event.target.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
  });

  const dialog = document.getElementById("session-dialog");
  const warnBefore = 120;
  let timers = [];

  function count(seconds) {
    timers.forEach(clearTimeout);
    timers = [
      setTimeout(() => dialog.open || dialog.showModal(), Math.max(0, seconds - warnBefore) * 1000),
      setTimeout(() => window.location.reload(), (seconds + 2) * 1000),
    ];
  }

  if (dialog) {
    const hasForm = [...document.forms].some((form) => form.classList.contains("dichterbij-form"));
    count(Number(document.body.dataset.sessionSeconds));
    if (hasForm) {
      clearTimeout(timers[1]);
    }
    dialog.querySelector("form").addEventListener("submit", async (event) => {
      event.preventDefault();
      const form = event.target;
      delete form.dataset.sent;
      const answer = await fetch(dialog.dataset.url, { method: "POST", body: new FormData(form) });
      if (answer.ok) {
        count((await answer.json()).seconds);
        dialog.close();
      } else {
        form.submit();
      }
    });
  }
})();
