// A form that saves itself while it is written. Without this, its button does it.
"use strict";

// `form` goes to its data-autosave (else where it is sent) 1.5 s after the last key, sooner after a choice, and [data-saved]
// says what came of it. `button` is what saves it by hand, `signedOut` what to do when nobody is signed in any more, `body`
// gives what is sent (null: there is nothing to save yet), `saved` hears what the server told of that (where some of it is
// wrong, the rest is stored) and says whether the page holds more that waits. An answer that nothing could be stored, or
// that is none of ours, ends it until the page is loaded anew; no answer, or a server that cannot just now, does not.
//
// data-unsaved says that something is not known to be stored. Then "held" tells the shelf of it when the page is left, and
// "saved" that all of it is stored after all.
const keepDraft = (form, { button, signedOut, body = () => new FormData(form), saved = () => {} }) => {
  const says = form.querySelector("[data-saved]");
  const seen = form.querySelector("[name=seen]"); // the version that the page holds
  const was = form.querySelector("[name=was]"); // or what each of its fields is compared with
  const howFar = document.querySelector("[data-how-far]");
  const NO_SIGNAL = "No signal.";
  const NO_ANSWER = "The portal cannot save just now.";
  const AGAIN = "What you wrote is still here: press again when you are back.";
  const SOON = "What you wrote is still here: press again in a minute.";
  const PAUSE = 1500;
  const PATIENCE = 15000;
  let timer = null; // runs while something typed is not saved yet
  let saving = null; // until all saves that are under way have ended: whether the last one was answered
  let sent = null; // and what it sends
  let turn = 0; // how many were sent
  let heard = 0; // the last of them that was answered
  let silence = ""; // why there was no answer
  let stopped = false;
  let isPressed = false; // the form itself is under way, with a number of its own, and nothing was typed since

  const isUnderWay = () => form.hasAttribute("aria-busy"); // by a press (portal.js)

  const send = async (data, keepalive) => {
    const mine = ++turn;
    const answer = await fetch(form.dataset.autosave || form.action, {
      method: "POST",
      body: data,
      headers: { "X-Autosave": "1" },
      redirect: "manual",
      keepalive,
      signal: AbortSignal.timeout?.(PATIENCE), // where the browser has it: else a save that hangs holds every press
    }).catch(() => null);
    silence = answer === null ? NO_SIGNAL : answer.status >= 500 || answer.status === 429 ? NO_ANSWER : "";
    if (silence) {
      if (!timer && !stopped) wait(20000);
      says.textContent = silence === NO_SIGNAL ? `${silence} It is saved as soon as you are back.` : `${silence} It tries again by itself.`;
    } else if (answer.type === "opaqueredirect" || answer.status === 401) says.textContent = `You were signed out. ${signedOut}`;
    else await hear(answer, data, mine);
    return !silence;
  };

  const hear = async (answer, data, mine) => {
    const told = await answer.json().catch(() => null);
    if (mine < heard) return; // what was sent later, with all of this, is stored already
    heard = mine;
    says.textContent = told?.says ?? `Not saved yet. Press ${button}.`;
    if (!told || (!answer.ok && answer.status !== 422)) return (stopped = true);
    if (was && told.was) was.value = told.was;
    if (howFar && "answered" in told) howFar.value = told.answered;
    if (seen && told.seen) seen.value = told.seen;
    const isMore = saved(told, data, answer.ok);
    if (!answer.ok || isMore || timer || data !== sent) return;
    delete form.dataset.unsaved;
    form.dispatchEvent(new Event("saved", { bubbles: true }));
  };

  // What is sent while others are under way comes after them: the last of those is stored by then.
  const follow = (data) => {
    const before = JSON.parse(sent.get("was") || "{}");
    for (const [name, value] of sent) if (typeof before[name] === "string") before[name] = value.trim().replace(/\r?\n/g, "\r\n");
    data.set("was", JSON.stringify(before));
  };

  const save = ({ keepalive = false, press = "" } = {}) => {
    rest();
    const data = body();
    if (!data) return;
    data.delete("do");
    if (press) data.set("press", press);
    if (was && saving && heard < turn) follow(data);
    sent = data;
    const others = saving;
    const begun = send(data, keepalive).finally(async () => {
      await others;
      if (saving === begun) saving = null;
    });
    saving = begun;
  };

  const rest = () => {
    clearTimeout(timer);
    timer = null;
  };

  const wait = (milliseconds) => {
    rest();
    const mine = setTimeout(async () => {
      await saving;
      if (timer !== mine) return;
      if (isUnderWay()) wait(PAUSE);
      else save();
    }, milliseconds);
    timer = mine;
  };

  form.addEventListener("input", ({ target }) => {
    if (target.type === "file") return;
    form.dataset.unsaved = "";
    isPressed = false;
    if (!stopped) wait(target.matches("[type=radio], [type=checkbox], select") ? 300 : PAUSE);
  });
  addEventListener("online", () => timer && wait(0));
  if (document.querySelector("[data-focus]")) form.dataset.unsaved = ""; // it came back with a mistake

  // Whoever leaves within that pause loses nothing: the browser sends it while the next page comes. Nobody is there any more
  // to hear whether it arrived, so it lies on the shelf until the next page knows.
  const leave = () => {
    const isOnItsWay = isPressed || (!timer && sent?.has("press"));
    if (!("unsaved" in form.dataset) || isOnItsWay) return;
    const held = new CustomEvent("held", { bubbles: true, detail: {} });
    form.dispatchEvent(held);
    if (timer && !isUnderWay()) save({ keepalive: true, press: held.detail.press });
  };
  // Which of two that overtake each other is the newer one: the row goes by it (portal/own_saves.py).
  if (seen) form.addEventListener("formdata", ({ formData }) => formData.set("sent", Math.round(performance.now())));
  form.addEventListener("held", ({ detail }) => detail ?? (says.textContent = "")); // portal.js says it beside the button
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => document.hidden && leave());

  // A press on a button, also of another form, waits until what was typed is saved, so that it is sent with the version that
  // is stored. Where no answer comes, the page stays: going on would end in the browser's page of errors, without the words.
  document.addEventListener("submit", (event) => {
    if (isUnderWay()) return; // it is sent once
    if (timer) save();
    if (!saving) {
      isPressed ||= event.target === form;
      return;
    }
    event.preventDefault();
    says.textContent = "Saving";
    saving.then((answered) => {
      if (answered || event.target.matches("[data-sign-out]")) setTimeout(() => event.target.requestSubmit(event.submitter));
      else says.textContent = silence === NO_SIGNAL ? `${silence} ${AGAIN}` : `${silence} ${SOON}`;
    });
  }, true);
  addEventListener("pageshow", ({ persisted }) => {
    stopped = isPressed = false;
    if (persisted && "unsaved" in form.dataset) wait(0);
  });
};
