// A checklist that saves itself (draft.js): each point by itself where its form says data-checklist="points", else the whole
// form, with what is written to it. Without this, it is sent by its button.
"use strict";

const list = document.querySelector("form[data-checklist]");
const changes = new Map(); // point -> its last change that is not stored yet, and whether its answer was cleared by it
const sentWith = new WeakMap(); // what is sent -> those of them that are in it

// A point that needs words waits for them, and words wait for what they belong to.
const isReady = (point) => {
  const state = point.querySelector("[type=radio]:checked")?.value;
  const words = point.querySelector("textarea");
  return !words || state === "done" || Boolean(state) === (words.value.trim() !== "");
};

// Only the points that were changed: another tab may have answered the rest.
const onlyChanged = () => {
  const sent = new Map([...changes].filter(([point]) => isReady(point)));
  if (!sent.size) return null;
  const body = new FormData(list);
  for (const point of list.querySelectorAll("[data-point]")) {
    if (sent.has(point)) body.append("only", point.dataset.point);
    else for (const { name } of point.querySelectorAll("input, textarea")) body.delete(name);
    if (sent.get(point)?.isCleared) body.append("clear", point.dataset.point);
  }
  sentWith.set(body, sent);
  return body;
};

// What the page now shows as ticked goes along the next time.
const remember = (box, isTicked) => {
  const name = box.name.replace("state-", "shown-");
  list.querySelector(`[name="${name}"]`)?.remove();
  if (!isTicked) return;
  const shown = Object.assign(document.createElement("input"), { type: "hidden", name, value: "1" });
  box.closest("[data-point]").prepend(shown);
};

// Where something is wrong, what was sent is not known to be stored: it goes along again.
const stored = (told, sent, isRight) => {
  const those = sentWith.get(sent);
  if (isRight) those?.forEach((change, point) => changes.get(point) === change && changes.delete(point));
  const taken = (told.unticked ?? []).map((point) => list.elements[`state-${point}`]); // their words were taken out
  taken.forEach((box) => (box.checked = false));
  for (const point of list.querySelectorAll("[data-point]")) {
    if (sent.has("only") && !sent.getAll("only").includes(point.dataset.point)) continue;
    point.querySelectorAll("[type=checkbox]").forEach((box) => remember(box, sent.has(box.name) && !taken.includes(box)));
    const button = point.querySelector(".point-clear");
    if (button) button.hidden = !point.querySelector("[type=radio]:checked");
  }
  return Boolean(those && changes.size);
};

if (list) {
  keepDraft(list, {
    button: "Save",
    signedOut: "Press Save and sign in: what you wrote is offered again.",
    ...(list.dataset.checklist === "points" && { body: onlyChanged }),
    saved: stored,
  });
  list.addEventListener("input", ({ target }) => {
    const point = target.closest("[data-point]");
    if (!point) return;
    const isEmpty = !point.querySelector("[type=radio]:checked");
    changes.set(point, { isCleared: isEmpty && (target.type === "radio" || changes.get(point)?.isCleared) });
    if (target.type === "radio" && !isReady(point)) point.querySelector("textarea").focus();
  });
  list.addEventListener("click", (event) => {
    const button = event.target.closest(".point-clear");
    if (!button) return;
    event.preventDefault();
    const point = button.closest("[data-point]");
    const radios = [...point.querySelectorAll("[type=radio]")];
    radios.forEach((radio) => (radio.checked = false));
    point.querySelector("textarea").value = "";
    radios[0].focus();
    radios[0].dispatchEvent(new Event("input", { bubbles: true }));
  });
}
