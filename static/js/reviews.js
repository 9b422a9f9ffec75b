// A form that saves itself at every tap and while one writes (review forms, meetings). Without this, its button does it.
"use strict";

const screenForm = document.querySelector("form[data-review]");
const screenSays = document.querySelector("[data-review-saved]");
let screenTimer = null;
let screenSaving = null; // the save that is under way
let screenStopped = false;

const saveScreen = async () => {
  const answer = await fetch(screenForm.dataset.review, {
    method: "POST",
    body: new FormData(screenForm),
    headers: { "X-Autosave": "1" },
    redirect: "manual",
  }).catch(() => null);
  if (answer?.type === "opaqueredirect") return (screenSays.textContent = "You were signed out. Copy what you wrote, then sign in.");
  if (answer === null) return (screenSays.textContent = "No signal. It is saved when you press the button.");
  const told = await answer.json().catch(() => ({ says: "Not saved yet. Press the button." }));
  screenSays.textContent = told.says;
  const was = screenForm.querySelector("[name=was]"); // what the notes of a meeting are compared with
  if (was && told.was) was.value = told.was;
};

const saveLater = (milliseconds) => {
  if (screenStopped) return;
  clearTimeout(screenTimer);
  screenTimer = setTimeout(async () => {
    await screenSaving;
    screenSaving = saveScreen();
    await screenSaving;
    screenSaving = null;
  }, milliseconds);
};

screenForm.addEventListener("change", () => saveLater(300));
screenForm.addEventListener("input", (event) => event.target.matches("textarea") && saveLater(1200));

// A press on a button waits for the save that is under way.
document.addEventListener("submit", (event) => {
  clearTimeout(screenTimer);
  if (event.target !== screenForm) return;
  screenStopped = true;
  if (!screenSaving) return;
  event.preventDefault();
  screenSaving.finally(() => {
    screenSaving = null;
    setTimeout(() => screenForm.requestSubmit(event.submitter));
  });
}, true);
addEventListener("pageshow", () => (screenStopped = false));
