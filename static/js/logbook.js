// An entry that saves itself as a draft while it is written (draft.js), and asks about names.
"use strict";

const entry = document.querySelector("form[data-entry]");
const names = entry.querySelector("[data-names]");

const ask = (found) => {
  names.hidden = !found;
  names.textContent = found ? `${found}: is that a customer, patient or child? Then leave the name out. A colleague's name is fine.` : "";
};

if ("autosave" in entry.dataset) {
  keepDraft(entry, {
    button: "Keep as draft",
    signedOut: "Copy what you wrote, then sign in again.",
    body: () => {
      const body = new FormData(entry);
      body.delete("files"); // they go with the button
      return body;
    },
    saved: (told) => {
      entry.action = entry.dataset.autosave = told.url;
      if (location.pathname !== told.url) history.replaceState(null, "", told.url);
      ask(told.names);
    },
  });
}
