// The week page, made quicker: totals while typing, a draft that saves itself (draft.js), rows added and taken out without
// a round trip.
"use strict";

const week = document.querySelector("form[data-week]");
const ROWS_AT_MOST = 6; // of a day, as in day_form.py

const minutesOf = (text) => {
  const found = /^(\d{1,2}):(\d{2})/.exec(text || "");
  return found ? Number(found[1]) * 60 + Number(found[2]) : null;
};

const inWords = (minutes) => {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return [hours || !rest ? `${hours} h` : "", rest ? `${rest} min` : ""].filter(Boolean).join(" ");
};

const worked = (spell) => {
  if (spell.disabled) return 0;
  const value = (name) => spell.querySelector(`[name$="-${name}"]`)?.value;
  const starts = minutesOf(value("starts"));
  const finishes = minutesOf(value("finishes"));
  if (starts === null || finishes === null) return 0;
  const pause = Math.max(Number.parseInt(value("break_minutes"), 10) || 0, 0);
  return Math.max((finishes || 24 * 60) - starts - pause, 0);
};

const showTotals = () => {
  let sum = 0;
  for (const day of week.querySelectorAll("[data-day]")) {
    const minutes = [...day.querySelectorAll("[data-spell]")].reduce((total, spell) => total + worked(spell), 0);
    day.querySelector("[data-day-total]").textContent = minutes ? inWords(minutes) : "";
    sum += minutes;
  }
  const total = week.querySelector("[data-week-total]");
  if (total) total.textContent = inWords(sum);
  for (const button of week.querySelectorAll("[data-take-out]")) button.hidden = isBlank(button.closest("[data-spell]"));
};

const isBlank = (spell) => ["starts", "finishes", "activity"].every((name) => !spell.querySelector(`[name$="-${name}"]`).value.trim());

// --- another row; one that was taken out makes room where there are no more ---

const addRow = (button) => {
  const day = button.closest("[data-day]");
  const rows = day.querySelector('[name$="-rows"]');
  const spells = [...day.querySelectorAll("[data-spell]")];
  const isFull = spells.length >= ROWS_AT_MOST;
  const row = isFull ? spells.findIndex((spell) => spell.disabled) : spells.length;
  if (row < 0) return;
  const fresh = spells.at(-1).cloneNode(true);
  const number = day.id.replace("day-", "");
  const renamed = (text) => text.replaceAll(new RegExp(`d${number}-\\d+-`, "g"), `d${number}-${row}-`);
  for (const element of fresh.querySelectorAll("*")) {
    for (const name of ["id", "name", "for", "aria-describedby"]) {
      if (element.hasAttribute(name)) element.setAttribute(name, renamed(element.getAttribute(name)));
    }
    element.classList.remove("is-invalid", "field-wrong");
    element.removeAttribute("aria-invalid");
    if (element.matches("textarea, input")) element.value = element.name.endsWith("break_minutes") ? "0" : "";
    if (element.matches("textarea")) element.textContent = "";
  }
  fresh.disabled = fresh.hidden = false;
  fresh.querySelector("[data-take-out]").value = `out-${number}-${row}`;
  fresh.querySelectorAll(".field-error, [data-left]").forEach((said) => said.remove());
  fresh.querySelector("legend").textContent = fresh.querySelector("legend").textContent.replace(/\d+$/, row + 1);
  if (isFull) {
    spells[row].previousElementSibling.remove(); // what offered to put it back
    spells[row].replaceWith(fresh);
  } else {
    spells.at(-1).after(fresh);
    rows.value = row + 1;
  }
  showTotals();
  fresh.querySelector("input").focus();
};

// --- a row less: its words stay at hand until the page is left, and are not sent ---

const takeOut = (button) => {
  const spell = button.closest("[data-spell]");
  const says = document.createElement("p");
  const back = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-link", textContent: "Put it back" });
  says.className = "spell-taken";
  says.append(`${spell.querySelector("legend").textContent}: taken out. `, back);
  const put = (out) => {
    spell.disabled = spell.hidden = out;
    week.dispatchEvent(new Event("input"));
  };
  back.addEventListener("click", () => {
    says.remove();
    put(false);
    spell.querySelector("input").focus();
  });
  put(true);
  spell.before(says);
  back.focus();
};

week.addEventListener("click", (event) => {
  const button = event.target.closest("[data-add-row], [data-take-out]");
  if (!button) return;
  event.preventDefault();
  if (button.matches("[data-add-row]")) addRow(button);
  else takeOut(button);
});

// --- handing in: whoever has not come to the declaration yet is led to it ---

const declared = week.querySelector("[name=declared]");

week.addEventListener("click", (event) => {
  if (!event.target.closest("[value=hand_in]") || declared.checked) return;
  event.preventDefault();
  week.querySelector("[data-declare]").hidden = false;
  declared.scrollIntoView({ block: "center" });
  declared.focus({ preventScroll: true });
});

week.addEventListener("input", showTotals);
if ("autosave" in week.dataset) {
  keepDraft(week, {
    button: "Save draft",
    signedOut: "What you typed is kept: press Save draft and sign in.",
  });
}
showTotals();
