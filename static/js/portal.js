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

// <button hidden data-copy="text">: shown because it works, says so when it has worked.
each("button[data-copy]", (button) => {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    const words = button.querySelector("span") || button;
    const before = words.textContent;
    words.textContent = "Copied";
    button.ariaLive = "polite";
    setTimeout(() => (words.textContent = before), 2500);
  });
});

// <div data-poll="/address/">: replaced by the fragment found there every two seconds, as long as that asks for more.
const poll = (element) =>
  setTimeout(async () => {
    const answer = await fetch(element.dataset.poll, { headers: { "X-Requested-With": "fetch" } }).catch(() => null);
    if (!answer?.ok) return poll(element);
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

// --- Words that did not get through ---

// Whatever is sent from a form with room to write lies on a shelf, in this tab's sessionStorage, from the press of the button
// until the server says that this very press arrived (portal/arriving.py). If that never comes (no signal, the browser's page
// of errors, the sign-in page), the words are offered again wherever their form stands, to the same person, for half an hour
// after they were last signed in here. Signing out, and anybody else's signing in, ends it at once.
{
  const SHELF = "kept-words";
  const HALF_AN_HOUR = 30 * 60 * 1000;
  const person = document.querySelector("[data-person]")?.dataset.person; // undefined where nobody is signed in
  // A browser that allows no storage keeps nothing, and all else works.
  const read = () => {
    try {
      return JSON.parse(sessionStorage.getItem(SHELF));
    } catch {
      return null;
    }
  };
  const write = (kept) => {
    if (!kept.length) return clear();
    try {
      sessionStorage.setItem(SHELF, JSON.stringify({ person, at: Date.now(), kept }));
    } catch {
      clear();
    }
  };
  const clear = () => {
    try {
      sessionStorage.removeItem(SHELF);
    } catch {
      // there is nothing to clear
    }
  };

  // What this person sent and the server did not say that it arrived; nothing while nobody is signed in.
  const notArrived = () => {
    const shelf = read();
    if (!shelf) return [];
    if (shelf.person !== person) {
      const left = shelf.at + HALF_AN_HOUR - Date.now();
      if (person || left <= 0) clear();
      else setTimeout(clear, left);
      return [];
    }
    const arrived = /(?:^|; )arrived=(\d+)/.exec(document.cookie)?.[1];
    const kept = shelf.kept.filter(({ press }) => press !== arrived);
    write(kept);
    return kept;
  };

  // What the form had shown goes along (SeenFields), so that the server tells what a colleague changed meanwhile.
  const isShown = (one) => one.type === "hidden" && /(^|-)seen$/.test(one.name) && one.value.includes(":");
  const isEntered = (one) => one.matches("input, textarea, select") && !["hidden", "file", "password"].includes(one.type);
  const controlsOf = (form) => [...form.elements].filter((one) => one.name && (isEntered(one) || isShown(one)));
  const isWritten = (control) => ["textarea", "text"].includes(control.type);
  const isTick = (control) => ["radio", "checkbox"].includes(control.type);
  const kindOf = (control) => control.name.replace(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/, ""); // a new row, a new key
  const addressOf = (form) => new URL(form.getAttribute("action") || location.pathname, location).pathname;

  // Every form in which one can write is kept, but for those whose [name=keep] lets the server put the words with the draft.
  const isKept = (form) => form.method === "post" && controlsOf(form).some(isWritten) && !form.querySelector("[name=keep]");

  // The form that it stood in: it goes to the same address and has a field of the same name to write in.
  const formOf = (kept) => {
    const kind = kindOf(kept.words.find(isWritten));
    const fits = (form) => isKept(form) && addressOf(form) === kept.address;
    return [...document.forms].find((form) => fits(form) && controlsOf(form).some((one) => kindOf(one) === kind));
  };

  const unfold = (control) => {
    for (let around = control.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
  };

  const putBack = (form, kept) => {
    const left = [...kept.words]; // of several fields with one name each takes its own
    for (const control of controlsOf(form)) {
      const isSame = (one, called) => called(one) === called(control) && (!isTick(one) || one.value === control.value);
      const same = (called) => left.findIndex((one) => isSame(one, called));
      const place = [same((one) => one.name), same(kindOf)].find((found) => found >= 0);
      if (place === undefined) continue;
      const [found] = left.splice(place, 1);
      if (isTick(control)) control.checked = found.checked;
      else control.value = found.value;
      if (isWritten(control) && found.value) unfold(control);
      control.dispatchEvent(new Event("input", { bubbles: true })); // for whatever adds up or saves a draft
    }
    const written = controlsOf(form).filter(isWritten);
    (written.find((one) => one.value) ?? written[0]).focus();
  };

  const offer = (offered) => {
    const box = document.querySelector("[data-words-kept]");
    box.hidden = false;
    for (const button of box.querySelectorAll("button")) {
      button.addEventListener("click", () => {
        write(notArrived().filter((one) => !offered.some(({ press }) => press === one.press)));
        box.hidden = true;
        if (button.matches("[data-put-back]")) offered.forEach((one) => putBack(formOf(one), one));
      });
    }
  };

  // Gives the number of this press. What was sent before from the same form makes room for it.
  const keep = (form) => {
    const press = `${Date.now()}`;
    const words = controlsOf(form).map(({ name, value, type, checked }) => ({ name, value, type, checked }));
    write([...notArrived().filter((one) => formOf(one) !== form), { press, address: addressOf(form), words }]);
    return press;
  };

  const offered = notArrived().filter(formOf);
  if (offered.length) offer(offered);

  const otherTabs = new BroadcastChannel(SHELF);
  otherTabs.addEventListener("message", clear);

  // Where the browser knows that there is no signal, the page does not give way to its page of errors: it stays, and says
  // so. Heard before all else that hears of a form being sent.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-sign-out]")) {
      clear();
      otherTabs.postMessage("signed out");
    }
    each("[data-no-signal]", (said) => said.remove());
    if (navigator.onLine || form.method !== "post") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (person && isKept(form)) keep(form);
    const said = Object.assign(document.createElement("p"), { className: "no-signal", role: "alert" });
    said.dataset.noSignal = "";
    (event.submitter?.closest(".actions") ?? event.submitter ?? form.lastElementChild).before(said);
    said.textContent = "No signal. What you wrote is still here: press again when you are back.";
  }, true);
  addEventListener("online", () => each("[data-no-signal]", (said) => {
    said.className = "hint";
    said.textContent = "The signal is back: press again to send it.";
  }));

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!person || event.defaultPrevented || !isKept(form)) return;
    const press = keep(form);
    form.addEventListener("formdata", ({ formData }) => formData.set("press", press), { once: true });
  });
}
