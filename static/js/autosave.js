// A form that keeps each choice at once. Without this, it is sent by its buttons.
"use strict";

const kept = document.querySelector("form[data-autosave]");
const toldKept = document.querySelector("[data-autosave-told]");

kept?.addEventListener("change", async () => {
  const answer = await fetch(kept.action, {
    method: "POST",
    body: new FormData(kept),
    headers: { "X-Autosave": "1" },
    redirect: "manual",
  }).catch(() => null);
  if (answer === null) toldKept.textContent = "No signal. Press Save when you are back.";
  else if (answer.type === "opaqueredirect") toldKept.textContent = "You were signed out. Press Save and sign in.";
  else toldKept.textContent = answer.ok ? (await answer.json()).says : "Not saved yet. Press Save.";
});
