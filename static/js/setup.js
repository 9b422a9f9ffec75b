// While dates and times are being chosen, what they add up to is shown at once. Without this, a button works it out.
"use strict";

document.querySelectorAll("form[data-reckon]").forEach((form) => {
  let waiting, asked = 0;
  const show = async () => {
    const address = new URL(form.dataset.reckon, location.href);
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && !/^csrf|seen$|others$/.test(name)) address.searchParams.set(name, value);
    }
    const number = ++asked;
    const answer = await fetch(address, { headers: { "X-Requested-With": "fetch" } }).catch(() => null);
    if (answer?.status !== 200 || answer.redirected || number !== asked) return;
    const holder = document.createElement("template");
    holder.innerHTML = await answer.text();
    const found = holder.content.querySelector("#reckoning"), here = document.getElementById("reckoning");
    here.className = found.className; // its tone
    here.replaceChildren(...found.childNodes);
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 350);
  });
});
