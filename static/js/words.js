// Words that were sent after the session had ended are offered back, once the same person has signed in again. They lie
// in this tab's sessionStorage only: from the press of the button until the answer is there, and where that is the
// sign-in page, for half an hour at most. Signing out, and anybody else's signing in, ends them at once.
"use strict";

{
  const SHELF = "kept-words";
  const HALF_AN_HOUR = 30 * 60 * 1000;
  const person = document.querySelector("[data-person]")?.dataset.person; // undefined where nobody is signed in
  const isSignedOut = document.querySelector("[data-signed-out]") !== null; // the answer says: nothing was sent
  const form = document.querySelector("form[data-keep-words]");

  // A browser that allows no storage keeps nothing, and all else works.
  const read = () => {
    try {
      return JSON.parse(sessionStorage.getItem(SHELF));
    } catch {
      return null;
    }
  };
  const write = (kept) => {
    try {
      sessionStorage.setItem(SHELF, JSON.stringify(kept));
    } catch {
      clear();
    }
  };
  const clear = () => {
    try {
      sessionStorage.removeItem(SHELF);
    } catch {
      // there is nothing to clear
    }
  };

  const controls = () =>
    [...form.elements].filter((one) => one.name && one.matches("input, textarea, select") && !["hidden", "file", "password"].includes(one.type));
  const isTick = (control) => ["radio", "checkbox"].includes(control.type);

  const keep = () => {
    const words = controls().map(({ name, value, type, checked }) => ({ name, value, type, checked }));
    write({ person, path: location.pathname, at: Date.now(), isLost: false, words });
  };

  const putBack = (kept) => {
    for (const control of controls()) {
      const found = kept.words.find((one) => one.name === control.name && (!isTick(one) || one.value === control.value));
      if (!found) continue;
      if (isTick(control)) control.checked = found.checked;
      else control.value = found.value;
    }
    controls().find((one) => one.matches("textarea"))?.focus();
  };

  const offer = (kept) => {
    const box = form.querySelector("[data-words-kept]");
    box.hidden = false;
    box.querySelector("[data-put-back]").addEventListener("click", () => putBack(kept));
    for (const button of box.querySelectorAll("button")) {
      button.addEventListener("click", () => {
        clear();
        box.hidden = true;
      });
    }
  };

  const kept = read();
  if (kept) {
    const left = kept.at + HALF_AN_HOUR - Date.now();
    setTimeout(clear, Math.max(left, 0));
    if (left <= 0 || (person && person !== kept.person)) clear();
    else if (isSignedOut) write({ ...kept, isLost: true });
    else if (person && !kept.isLost) clear(); // it arrived, or stands in the form that came back
    else if (form && location.pathname === kept.path) offer(kept);
  }

  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-sign-out]")) clear();
    else if (person && event.target === form && !event.defaultPrevented) keep();
  });
}
