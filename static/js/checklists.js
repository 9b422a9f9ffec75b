// A checklist that saves each answer at once. Without this, the whole form is sent by its button.
"use strict";

const list = document.querySelector("form[data-checklist]");
const told = document.querySelector("[data-checklist-saved]");
const howFar = document.querySelector("[data-checklist-how-far]");
const timers = new Map();

const send = async (point, clear) => {
  const pk = point.dataset.point;
  const body = new FormData();
  body.set("csrfmiddlewaretoken", list.querySelector("[name=csrfmiddlewaretoken]").value);
  body.set("only", pk);
  if (clear) body.set("clear", pk);
  for (const control of point.querySelectorAll("input, textarea")) {
    if (!["radio", "checkbox"].includes(control.type) || control.checked) body.set(control.name, control.value);
  }
  const answer = await fetch(list.dataset.checklist, {
    method: "POST",
    body,
    headers: { "X-Autosave": "1" },
    redirect: "manual",
  }).catch(() => null);
  if (answer === null) return (told.textContent = "No signal. Press Save when you are back.");
  if (answer.type === "opaqueredirect") return (told.textContent = "You were signed out. Press Save and sign in.");
  const news = await answer.json().catch(() => ({ says: "Not saved yet. Press Save." }));
  told.textContent = news.says;
  if (!answer.ok) return;
  if (howFar) howFar.value = news.answered;
  const button = point.querySelector(".point-clear");
  if (button) button.hidden = !point.querySelector("[type=radio]:checked");
  const box = point.querySelector("[type=checkbox]");
  if (!box) return;
  point.querySelector("[type=hidden]")?.remove();
  if (box.checked) point.insertAdjacentHTML("afterbegin", `<input type="hidden" name="shown-${pk}" value="1">`);
};

// Words are awaited before a point is sent that needs them.
const isReady = (point) => {
  const state = point.querySelector("[type=radio]:checked")?.value;
  const words = point.querySelector("textarea");
  return !words || !state || state === "done" || words.value.trim() !== "";
};

const later = (point, milliseconds) => {
  clearTimeout(timers.get(point));
  timers.set(point, setTimeout(() => isReady(point) && send(point), milliseconds));
};

list?.addEventListener("change", (event) => {
  const point = event.target.closest("[data-point]");
  if (!point) return;
  if (event.target.type === "radio" && !isReady(point)) return point.querySelector("textarea").focus();
  later(point, 0);
});
list?.addEventListener("input", (event) => {
  const point = event.target.closest("[data-point]");
  if (point && event.target.matches("textarea")) later(point, 1200);
});
list?.addEventListener("click", (event) => {
  const button = event.target.closest(".point-clear");
  if (!button) return;
  event.preventDefault();
  const point = button.closest("[data-point]");
  clearTimeout(timers.get(point));
  point.querySelectorAll("[type=radio]").forEach((radio) => (radio.checked = false));
  const words = point.querySelector("textarea");
  if (words) words.value = "";
  point.querySelector("input")?.focus();
  send(point, true);
});
