// Words that did not get through are kept in the tab, and offered again. No task depends on this file.
"use strict";

// Whatever is sent from a form with room to write lies on a shelf, in this tab's sessionStorage, from the press of the button
// until the server says that this very press arrived (portal/arriving.py). If that never comes (no signal, the browser's page
// of errors, the sign-in page), the words are offered again where their form stands, to the same person, for a day at most,
// and for half an hour after they were last signed in here. Signing out, and anybody else's signing in, ends it at once.
{
  const SHELF = "kept-words";
  const LEAVING = "leaving"; // a press on Sign out is under way
  const LEFT = "left"; // the cookie with the time of it, which tabs find that could not hear of it
  const HALF_AN_HOUR = 30 * 60 * 1000;
  const A_DAY = 24 * 60 * 60 * 1000;
  const QUOTED = 60;
  const BY_LINK = "link";
  const WHICH = ["on", "at"]; // hidden fields that say to what day or placement a form belongs

  const person = document.querySelector("[data-person]")?.dataset.person; // undefined where nobody is signed in
  const givenBack = document.querySelector("[data-arrived]")?.dataset.arrived; // the press whose words this page shows

  // --- the shelf ---

  // A browser that allows no storage keeps nothing, and all else works.
  const stored = (name) => {
    try {
      return JSON.parse(sessionStorage.getItem(name));
    } catch {
      return null;
    }
  };
  const store = (name, value) => {
    try {
      if (value === null) sessionStorage.removeItem(name);
      else sessionStorage.setItem(name, JSON.stringify(value));
    } catch {
      // nothing is kept
    }
  };
  const cookie = (name) => new RegExp(`(?:^|; )${name}=([\\d.]+)`).exec(document.cookie)?.[1];
  const setCookie = (name, value, rest = "") => {
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `${name}=${value}; path=/; SameSite=Strict${secure}${rest}`;
  };
  // Where cookies do not stay, nobody would ever hear that a press arrived.
  const cookiesStay = () => {
    setCookie("stays", "1");
    const stays = cookie("stays") === "1";
    setCookie("stays", "", "; Max-Age=0");
    return stays;
  };

  const clear = () => store(SHELF, null);
  const write = (kept) => store(SHELF, kept.length ? { person, at: Date.now(), kept } : null);
  // What was written behind a mailed link belongs to nobody who signs out.
  const forget = () => stored(SHELF)?.person !== BY_LINK && clear();

  // What this person sent and the server did not say that it arrived; nothing while nobody is signed in.
  const notArrived = () => {
    let shelf = stored(SHELF);
    if (shelf && Number(cookie(LEFT)) >= shelf.at) forget();
    shelf = stored(SHELF);
    if (!shelf) return [];
    if (shelf.person !== person) {
      const left = shelf.at + HALF_AN_HOUR - Date.now();
      if (person || left <= 0) clear();
      else setTimeout(clear, left);
      return [];
    }
    const arrived = [...(cookie("arrived") ?? "").split("."), givenBack];
    const kept = shelf.kept.filter(({ press }) => !arrived.includes(press) && Date.now() - press < A_DAY);
    write(kept);
    return kept;
  };
  const without = (gone) => notArrived().filter(({ press }) => press !== gone.press);

  // --- forms ---

  const isFile = (control) => control.type === "file";
  const isTick = (control) => ["radio", "checkbox"].includes(control.type);
  const isChoice = (control) => control.type.startsWith("select");
  const isWritten = (control) => ["textarea", "text"].includes(control.type);
  const isEntered = (one) => one.name && one.matches("input:not([type=hidden], [type=file], [type=password], [autocomplete=one-time-code]), textarea, select");
  const controlsOf = (form) => [...form.elements].filter(isEntered);
  const kindOf = (control) => control.name.replace(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/, ""); // a new row, a new key
  // Where it is sent; a form that goes elsewhere once it is stored says by data-place which one it is.
  const addressOf = (form) => new URL(form.dataset.place || form.getAttribute("action") || location.pathname, location).pathname;
  const whichOf = (form) => WHICH.map((name) => form.querySelector(`input[type=hidden][name="${name}"]`)?.value ?? "").join();
  const stateOf = (control) => (isTick(control) ? control.checked : control.value);

  // What the field showed before anybody wrote in it; nothing on a page that gave back what was sent.
  const shownOf = (control) => {
    if (isTick(control)) return !givenBack && control.defaultChecked;
    if (!isChoice(control)) return givenBack ? "" : control.defaultValue;
    const options = [...control.options];
    return ((!givenBack && options.find((one) => one.defaultSelected)) || options[0])?.value;
  };

  // Every form in which one can write has a place on the shelf. One that saves itself is kept only with what is not known to
  // be saved (draft.js); where [name=keep] lets the server put the words with the draft, a press is left to that.
  const hasPlace = (form) => form.method === "post" && controlsOf(form).some(isWritten);
  const isDraft = (form) => "autosave" in form.dataset;
  const isLeftToServer = (form) => Boolean(form.querySelector("[name=keep]"));
  const isKept = (form) => hasPlace(form) && (isDraft(form) ? "unsaved" in form.dataset : !isLeftToServer(form));

  // The forms that it may have stood in: they go to the same address and have a field of the same name to write in. It did
  // where they belong to the same day and placement, too.
  const formsLike = (kept) => {
    const fits = (form) => hasPlace(form) && addressOf(form) === kept.address;
    return [...document.forms].filter((form) => fits(form) && controlsOf(form).some((one) => kindOf(one) === kept.kind));
  };
  const formOf = (kept) => formsLike(kept).find((form) => whichOf(form) === kept.which);

  // --- putting back ---

  const unfold = (control) => {
    for (let around = control.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
  };

  // Rows that a script had added are added again.
  const addRows = (form, words) => {
    for (const button of form.querySelectorAll("[data-add-row]")) {
      const isMissing = ({ name, state }) => name.startsWith(button.dataset.addRow) && state && !form.elements[name];
      let before = 0;
      while (words.some(isMissing) && before !== form.elements.length) {
        before = form.elements.length;
        button.click();
      }
    }
  };

  const match = (form, words) => {
    const left = [...words]; // of several fields with one name each takes its own
    const pairs = [];
    for (const control of controlsOf(form)) {
      const isSame = (one, called) => called(one) === called(control) && (!isTick(one) || one.value === control.value);
      const place = [(one) => one.name, kindOf].map((called) => left.findIndex((one) => isSame(one, called))).find((at) => at >= 0);
      if (place !== undefined) pairs.push([control, left.splice(place, 1)[0]]);
    }
    return { pairs, left };
  };

  const isNew = (word) => isWritten(word) && word.state.trim() && word.state !== word.shown;

  // A field takes its words back where it holds nothing, or what it held when they were written: never over newer words.
  const isBlank = (control) => !isTick(control) && control.value === "";
  const isFree = ([control, word]) => isBlank(control) || [word.shown, word.state].includes(stateOf(control));

  // Gives what found no place.
  const putBack = (form, { words, files }) => {
    addRows(form, words);
    const { pairs, left } = match(form, words);
    const held = new Set(pairs.filter((pair) => isTick(pair[0]) && !isFree(pair)).map(([control]) => control.name));
    const free = pairs.filter((pair) => (isTick(pair[0]) ? !held.has(pair[0].name) : isFree(pair)));
    for (const [control, word] of free) {
      if (isWritten(control) && word.state) unfold(control);
      if (stateOf(control) === word.state && shownOf(control) === word.state) continue;
      if (isTick(control)) control.checked = word.state;
      else control.value = word.state;
      control.dispatchEvent(new Event("input", { bubbles: true })); // for whatever adds up or saves a draft
    }
    const written = free.find(([, word]) => isNew(word))?.[0] ?? controlsOf(form).find(isWritten);
    (askForFiles(form, files) ?? written).focus();
    return [...left, ...pairs.filter((pair) => !free.includes(pair)).map(([, word]) => word)];
  };

  // Files cannot be kept: the page says next to the field which to choose again.
  const askForFiles = (form, files) => {
    const fields = files.map(({ name, called }) => {
      const field = [...form.elements].find((one) => isFile(one) && one.name === name);
      if (!field || field.files.length) return null;
      const said = Object.assign(document.createElement("p"), { className: "no-signal", role: "alert" });
      said.textContent = `Choose ${called} again: files cannot be kept.`;
      field.after(said);
      field.addEventListener("change", () => said.remove(), { once: true });
      return field;
    });
    return fields.find(Boolean);
  };

  // --- offering ---

  const when = (press) => {
    const day = new Date(Number(press));
    const time = day.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    return `${day.toLocaleDateString("en-GB", { weekday: "long" })} ${time}`;
  };
  const shortened = (text) => (text.length > QUOTED ? `${text.slice(0, QUOTED).replace(/\s+\S*$/, "")} …` : text);
  const toCopy = (words) => words.filter((one) => !isTick(one) && !isChoice(one) && one.state.trim() && one.state !== one.shown);
  const ELSEWHERE = "It was about another day or another placement, so it is not put into the form below. Copy what you need.";
  const NO_FIELD = "This found no place: its field holds other words now, or is not here any more. Copy what you need.";

  const show = (box, kept, why) => {
    box.querySelector("[data-put-back]").remove();
    box.querySelector("[data-where]").textContent = "It stays in this browser tab until you throw it away or sign out.";
    box.querySelector("[data-why]").textContent = why;
    box.querySelector("[data-to-copy]").hidden = false;
    for (const { label, state } of kept.words) {
      const row = document.createElement("div");
      row.append(Object.assign(document.createElement("dt"), { textContent: label }));
      row.append(Object.assign(document.createElement("dd"), { textContent: state }));
      box.querySelector("dl").append(row);
    }
  };

  const offer = (kept) => {
    const template = document.querySelector("[data-words-kept]");
    const box = template.content.firstElementChild.cloneNode(true);
    const words = kept.words.find(isNew)?.state.trim() ?? "what you chose";
    box.querySelector("[data-what]").textContent = shortened(words);
    box.querySelector("[data-when]").textContent = when(kept.press);
    const form = kept.isLeft ? null : formOf(kept);
    if (!form) show(box, { ...kept, words: toCopy(kept.words) }, kept.isLeft ? NO_FIELD : ELSEWHERE);
    box.querySelector("[data-throw-away]").addEventListener("click", () => {
      write(without(kept));
      box.remove();
    });
    box.querySelector("[data-put-back]")?.addEventListener("click", () => {
      const left = toCopy(putBack(form, kept));
      const rest = { ...kept, words: left, files: [], isLeft: true };
      write(left.length ? [...without(kept), rest] : without(kept));
      if (!left.length) return box.remove();
      show(box, rest, NO_FIELD);
      box.focus(); // it may be far above the form
    });
    template.before(box);
  };

  // A draft that was saved while the page was left shows it all, and has nothing to take back.
  const showsAll = (form, { words, files }) => {
    const { pairs, left } = match(form, words);
    const isShown = ([control, { state }]) => (isTick(control) ? shownOf(control) === state : shownOf(control).trim() === state.trim());
    return isDraft(form) && !files.length && !toCopy(left).length && pairs.every(isShown);
  };

  for (const kept of notArrived()) {
    const form = formOf(kept);
    if (form && showsAll(form, kept)) write(without(kept));
    else if (formsLike(kept).length) offer(kept);
  }

  // --- keeping ---

  const labelOf = ({ labels, name }) => {
    const label = labels?.[0]?.cloneNode(true);
    label?.querySelector(".optional")?.remove();
    return label?.textContent.trim() || name;
  };

  // Gives the number of this press. What was sent before from the same form makes room for it, unless nothing is new.
  const keep = (form) => {
    const press = `${Date.now()}`;
    const words = controlsOf(form).map((control) => {
      const { name, value, type } = control;
      return { name, value, type, label: labelOf(control), state: stateOf(control), shown: shownOf(control) };
    });
    const chosen = [...form.elements].filter((one) => isFile(one) && one.files.length);
    const files = chosen.map(({ name, files }) => ({ name, called: [...files].map((file) => file.name).join(", ") }));
    if (!files.length && words.every(({ state, shown }) => state === shown)) return press;
    const kind = kindOf(words.find(isWritten));
    const others = notArrived().filter((one) => one.isLeft || formOf(one) !== form);
    write([...others, { press, address: addressOf(form), which: whichOf(form), kind, words, files }]);
    return press;
  };

  // --- other tabs ---

  let isOver = false; // somebody signed out: what this page still holds is not kept when it gives way
  let otherTabs = null;
  try {
    otherTabs = new BroadcastChannel(SHELF);
  } catch {
    // A browser that refuses it: the cookie tells them.
  }
  otherTabs?.addEventListener("message", () => {
    forget();
    isOver = person !== BY_LINK;
    if (person && person !== BY_LINK) location.replace(location.pathname + location.search); // it may show what is private
  });
  if (stored(LEAVING)) {
    store(LEAVING, null);
    otherTabs?.postMessage("signed out");
  }

  // --- a press ---

  // A page was left, or held a press back (draft.js, portal.js): whoever asks for it gets the number to send along.
  const held = new WeakMap(); // form -> the number
  document.addEventListener("held", ({ target, detail }) => {
    if (!person || isOver || !isKept(target) || !cookiesStay()) return;
    held.set(target, keep(target));
    if (detail) detail.press = held.get(target);
  });
  document.addEventListener("saved", ({ target }) => person && write(notArrived().filter(({ press }) => press !== held.get(target))));
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented) return;
    if (form.matches("[data-sign-out]")) {
      forget();
      isOver = true;
      setCookie(LEFT, Date.now());
      store(LEAVING, true);
    } else if (person && isKept(form) && !isLeftToServer(form) && cookiesStay()) {
      const press = keep(form);
      form.addEventListener("formdata", ({ formData }) => formData.set("press", press), { once: true });
    }
  });
}
