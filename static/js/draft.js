// A form that saves itself as a draft while it is written. Without this, its button does it.
"use strict";

// `form` goes to its data-autosave 1.5 s after the last key, and [data-saved] says what came of it. `button` is what saves
// it by hand, `signedOut` what to do when nobody is signed in any more, `without` names what goes with the button only,
// `saved` hears the answer. An answer that nothing could be stored ends it until the page is loaded anew.
const keepDraft = (form, { button, signedOut, without = [], saved = () => {} }) => {
  const says = form.querySelector("[data-saved]");
  const seen = form.querySelector("[name=seen]");
  let timer = null;
  let saving = null; // the save that is under way
  let stopped = !form.dataset.autosave;

  const save = async () => {
    const body = new FormData(form);
    ["do", ...without].forEach((name) => body.delete(name));
    const answer = await fetch(form.dataset.autosave, {
      method: "POST",
      body,
      headers: { "X-Autosave": "1" },
      redirect: "manual",
    }).catch(() => null);
    if (answer === null) return (says.textContent = `No signal. It is saved when you press ${button}.`);
    if (answer.type === "opaqueredirect") {
      stopped = true;
      return (says.textContent = `You were signed out. ${signedOut}`);
    }
    const told = await answer.json().catch(() => ({ says: `Not saved yet. Press ${button}.` }));
    says.textContent = told.says;
    if (!answer.ok) return (stopped = true);
    seen.value = told.seen;
    saved(told);
  };

  form.addEventListener("input", (event) => {
    if (stopped || event.target.type === "file") return;
    clearTimeout(timer);
    timer = setTimeout(async () => {
      await saving;
      saving = save();
      await saving;
      saving = null;
    }, 1500);
  });

  // A press on a button waits for the save that is under way, so that it is sent with the version that is stored.
  document.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (event.target !== form) return;
    stopped = true;
    if (!saving) return;
    event.preventDefault();
    saving.finally(() => {
      saving = null;
      setTimeout(() => form.requestSubmit(event.submitter));
    });
  }, true);
  addEventListener("pageshow", () => (stopped = !form.dataset.autosave));
};
