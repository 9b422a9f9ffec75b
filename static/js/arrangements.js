// The page before day one saves itself while one types. Without this, its button does.
"use strict";

const page = document.querySelector("form[data-arrangements]");
const told = document.querySelector("[data-arrangements-saved]");
const howFar = document.querySelector("[data-arrangements-how-far]");
let timer = null;
let saving = Promise.resolve();

const remember = (box) => {
  const name = box.name.replace("state-", "shown-");
  page.querySelector(`[name="${name}"]`)?.remove();
  if (!box.checked) return;
  const shown = Object.assign(document.createElement("input"), { type: "hidden", name, value: "1" });
  box.closest("[data-point]").prepend(shown);
};

const save = async () => {
  const answer = await fetch(page.action, {
    method: "POST",
    body: new FormData(page),
    headers: { "X-Autosave": "1" },
    redirect: "manual",
  }).catch(() => null);
  if (answer === null) return (told.textContent = "No signal. Press Save when you are back.");
  if (answer.status === 401) return (told.textContent = "You were signed out. Press Save to copy what you typed.");
  const news = await answer.json().catch(() => ({ says: "Not saved yet. Press Save." }));
  told.textContent = news.says;
  if ("answered" in news) {
    howFar.value = news.answered;
    news.unticked.forEach((point) => (page.elements[`state-${point}`].checked = false)); // their words were taken out
    page.querySelectorAll("[type=checkbox]").forEach(remember);
  }
  if (answer.ok) page.elements.seen.value = news.seen;
};

page.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(() => (saving = saving.then(save)), 1200);
});
// A press on the button waits for the save that is under way, so that it is sent with the version that is stored.
page.addEventListener("submit", (event) => {
  clearTimeout(timer);
  if (page.dataset.ready) return;
  event.preventDefault();
  saving.finally(() => {
    page.dataset.ready = "yes";
    page.requestSubmit(event.submitter);
  });
});
addEventListener("pageshow", () => delete page.dataset.ready);
