// An entry that saves itself as a draft while it is written, and asks about names. Without this, 'Keep as draft' does it.
"use strict";

const entry = document.querySelector("form[data-entry]");
const says = entry.querySelector("[data-saved]");
const names = entry.querySelector("[data-names]");
const seen = entry.querySelector("[name=seen]");
const waits = 1500;
let timer = null;
let saving = null; // the save that is under way
let stopped = !entry.dataset.autosave;

const ask = (found) => {
  names.hidden = !found;
  names.textContent = found ? `${found}: is that a customer, patient or child? Then leave the name out. A colleague's name is fine.` : "";
};

const save = async () => {
  const body = new FormData(entry);
  body.delete("files"); // they go with the button
  body.delete("do");
  const answer = await fetch(entry.dataset.autosave, {
    method: "POST",
    body,
    headers: { "X-Autosave": "1" },
    redirect: "manual",
  }).catch(() => null);
  if (answer === null) return (says.textContent = "No signal. It is saved when you press Keep as draft.");
  if (answer.type === "opaqueredirect") {
    stopped = true;
    return (says.textContent = "You were signed out. Copy what you wrote, then sign in again.");
  }
  const told = await answer.json().catch(() => ({ says: "Not saved yet. Press Keep as draft." }));
  says.textContent = told.says;
  if (!answer.ok) return (stopped = true);
  seen.value = told.seen;
  entry.action = entry.dataset.autosave = told.url;
  if (location.pathname !== told.url) history.replaceState(null, "", told.url);
  ask(told.names);
};

entry.addEventListener("input", (event) => {
  if (stopped || event.target.type === "file") return;
  clearTimeout(timer);
  timer = setTimeout(async () => {
    await saving;
    saving = save();
    await saving;
    saving = null;
  }, waits);
});

// A press on a button waits for the save that is under way, so that it is sent with the version that is stored.
document.addEventListener("submit", (event) => {
  clearTimeout(timer);
  if (event.target !== entry) return;
  stopped = true;
  if (!saving) return;
  event.preventDefault();
  saving.finally(() => {
    saving = null;
    setTimeout(() => entry.requestSubmit(event.submitter));
  });
}, true);
addEventListener("pageshow", () => (stopped = !entry.dataset.autosave));
