// What every page can do without, made smoother: no task depends on this file.
"use strict";

const each = (selector, act, root = document) => root.querySelectorAll(selector).forEach(act);

// The error summary is read first, and the tab says that something is to be put right.
each("[data-focus]", (summary) => {
  summary.focus();
  document.title = `To put right: ${document.title}`;
});

// A form is sent once, however often it is pressed. A page that comes back (back button, download) can send again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.hasAttribute("aria-busy")) return event.preventDefault();
  form.setAttribute("aria-busy", "true");
  setTimeout(() => form.removeAttribute("aria-busy"), 8000);
});
addEventListener("pageshow", () => each("form[aria-busy]", (form) => form.removeAttribute("aria-busy")));

// Menus close by Escape, and when something else is pressed.
const close = (except) => each("details[data-menu][open]", (menu) => menu !== except && (menu.open = false));
document.addEventListener("click", (event) => close(event.target.closest("details[data-menu]")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.activeElement?.closest("details[data-menu][open]")?.querySelector("summary").focus();
  close();
});

// <button hidden data-copy="text">: shown where it can work, says whether it has worked.
each("button[data-copy]", (button) => {
  const words = button.querySelector("span") || button;
  const before = words.textContent;
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    const isCopied = await navigator.clipboard.writeText(button.dataset.copy).then(() => true, () => false);
    words.textContent = isCopied ? "Copied" : "Your browser did not copy it";
    button.ariaLive = "polite";
    setTimeout(() => (words.textContent = before), 2500);
  });
});

// <div data-poll="/address/">: replaced by the fragment found there every two seconds, as long as that asks for more; left
// as it is once whoever looks is signed out, or may not see it any more.
const poll = (element) =>
  setTimeout(async () => {
    const answer = await fetch(element.dataset.poll, { headers: { "X-Requested-With": "fetch" } }).catch(() => null);
    if (!answer || answer.status >= 500 || answer.status === 429) return poll(element);
    if (!answer.ok || answer.redirected) return;
    const holder = document.createElement("template");
    holder.innerHTML = await answer.text();
    const fresh = holder.content.firstElementChild;
    element.replaceWith(holder.content);
    if (fresh?.dataset.poll) poll(fresh);
  }, Number(element.dataset.pollEvery || 2000));
each("[data-poll]", poll);

// A field that holds so many characters says so near its end. Where its own page answers, nothing typed or pasted is cut off
// unseen: the field says how many are too many, and the server refuses them in words, with all that was typed. A screen
// reader is told at a few points only, not at every letter.
const SAID_AT = [0, 5, 10, 20, 50];
const answersHere = ({ form }) => new URL(form?.getAttribute("action") || "", location).pathname === location.pathname;
const longestOf = (field) => {
  if (field.maxLength > 0) {
    field.dataset.longest = field.maxLength;
    if (answersHere(field)) field.removeAttribute("maxlength");
  }
  return Number(field.dataset.longest);
};
const counterOf = (field) => {
  const place = field.closest(".input-group") || field;
  if (place.nextElementSibling?.matches("[data-left]")) return place.nextElementSibling;
  const counter = document.createElement("div");
  counter.dataset.left = "";
  counter.innerHTML = '<p class="hint" aria-hidden="true"></p><p class="visually-hidden" role="status"></p>';
  place.after(counter);
  return counter;
};
const countDown = (field) => {
  const longest = longestOf(field);
  const left = longest - [...field.value.trim().replaceAll("\n", "\r\n")].length; // as the server counts
  const isNear = left < Math.min(Math.floor(longest / 10), 50);
  const words = left < 0 ? `${-left} too many: at most ${longest} characters.` : `${left} character${left === 1 ? "" : "s"} left`;
  const counter = counterOf(field);
  const [shown, said] = counter.children;
  shown.textContent = isNear ? words : "";
  shown.classList.toggle("too-long", left < 0);
  const point = !isNear ? "" : left < 0 ? "beyond" : `${SAID_AT.find((most) => left <= most)}`;
  if (point !== counter.dataset.left) said.textContent = shown.textContent;
  counter.dataset.left = point;
};
document.addEventListener("focusin", ({ target }) => target.matches("input, textarea") && longestOf(target));
document.addEventListener("input", ({ target }) => target.matches("input, textarea") && longestOf(target) && countDown(target));

// Where the browser knows that there is no signal, the page does not give way to its page of errors: it stays, and says
// so. Heard before all else that hears of a form being sent; "held" tells the shelf. A button that does more than save says
// in data-not-done what was not done.
const NO_SIGNAL = {
  signOut: ["You are still signed in: close the browser, or press again when you are back.", "press again to sign out."],
  draft: ["What you wrote is saved by itself as soon as you are back. Then press again.", "press again."],
  words: ["What you wrote is still here: press again when you are back.", "press again to send it."],
  button: ["Nothing was sent: press again when you are back.", "press again."],
};
const heldBack = (form, button) => {
  if (form.matches("[data-sign-out]")) return NO_SIGNAL.signOut;
  const { notDone } = button?.dataset ?? {};
  if (notDone) {
    const again = `press ${button.textContent.trim()} again`;
    return [`${notDone} What you wrote is still here: ${again} when you are back.`, `${again}.`];
  }
  if ("autosave" in form.dataset) return NO_SIGNAL.draft;
  return form.querySelector("input:not([type=hidden]), textarea, select") ? NO_SIGNAL.words : NO_SIGNAL.button;
};
let onceBack = "";
document.addEventListener("submit", (event) => {
  const form = event.target;
  each("[data-no-signal]", (said) => said.remove());
  if (navigator.onLine || form.method !== "post") return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const said = Object.assign(document.createElement("p"), { className: "no-signal", role: "alert" });
  said.dataset.noSignal = "";
  (event.submitter?.closest(".actions") ?? event.submitter ?? form.lastElementChild).before(said);
  const [now, then] = heldBack(form, event.submitter);
  said.textContent = `No signal. ${now}`;
  onceBack = `The signal is back: ${then}`;
  form.dispatchEvent(new Event("held", { bubbles: true }));
}, true);
addEventListener("online", () => each("[data-no-signal]", (said) => {
  said.className = "hint";
  said.textContent = onceBack;
}));
