// A form that saves itself as a draft while it is written. Without this, its button does it.
"use strict";

// `form` goes to its data-autosave 1.5 s after the last key, and [data-saved] says what came of it. `button` is what saves
// it by hand, `signedOut` what to do when nobody is signed in any more, `without` names what goes with the button only,
// `saved` hears the answer. An answer that nothing could be stored ends it until the page is loaded anew.
const keepDraft = (form, { button, signedOut, without = [], saved = () => {} }) => {
  const says = form.querySelector("[data-saved]");
  const seen = form.querySelector("[name=seen]");
  let timer = null; // runs while something typed is not saved yet
  let saving = null; // the save that is under way
  let stopped = !form.dataset.autosave;

  const send = async (body, keepalive) => {
    const answer = await fetch(form.dataset.autosave, {
      method: "POST",
      body,
      headers: { "X-Autosave": "1" },
      redirect: "manual",
      keepalive,
    }).catch(() => null);
    if (answer === null) {
      if (!timer && !stopped) wait(20000);
      says.textContent = "No signal. It is saved as soon as you are back.";
    } else if (answer.type === "opaqueredirect") says.textContent = `You were signed out. ${signedOut}`;
    else await hear(answer);
    return answer !== null;
  };

  const hear = async (answer) => {
    const told = await answer.json().catch(() => ({ says: `Not saved yet. Press ${button}.` }));
    says.textContent = told.says;
    if (!answer.ok) return (stopped = true);
    seen.value = told.seen;
    saved(told);
  };

  const save = ({ keepalive = false } = {}) => {
    rest();
    const body = new FormData(form);
    ["do", ...without].forEach((name) => body.delete(name));
    if (saving) body.set("seen", Number(seen.value) + 1); // by then the one that is under way is stored
    const begun = send(body, keepalive).finally(() => (saving = saving === begun ? null : saving));
    return (saving = begun);
  };

  const rest = () => {
    clearTimeout(timer);
    timer = null;
  };

  const wait = (milliseconds) => {
    rest();
    timer = setTimeout(async () => {
      await saving;
      if (timer) save();
    }, milliseconds);
  };

  form.addEventListener("input", (event) => stopped || event.target.type === "file" || wait(1500));
  addEventListener("online", () => timer && wait(0));

  // Whoever leaves within that pause loses nothing: the browser sends it while the next page comes.
  const leave = () => timer && save({ keepalive: true });
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => document.hidden && leave());

  // A press on a button, also of another form, waits until what was typed is saved, so that it is sent with the version that
  // is stored. Where no answer comes, the page stays: going on would end in the browser's page of errors, without the words.
  document.addEventListener("submit", (event) => {
    if (timer) save();
    if (!saving) {
      if (event.target === form) stopped = true;
      return;
    }
    event.preventDefault();
    says.textContent = "Saving";
    saving.then((answered) => {
      if (answered) setTimeout(() => event.target.requestSubmit(event.submitter));
      else says.textContent = "No signal. What you wrote is still here: press again when you are back.";
    });
  }, true);
  addEventListener("pageshow", () => (stopped = !form.dataset.autosave));
};
