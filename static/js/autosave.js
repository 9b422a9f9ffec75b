// A form that saves itself (draft.js), and nothing else. Without this, it is sent by its buttons.
"use strict";

const autosaved = document.querySelector("form[data-autosave]");
if (autosaved) {
  keepDraft(autosaved, {
    button: "the button below",
    signedOut: "Press the button below and sign in: what you wrote is offered again.",
  });
}
