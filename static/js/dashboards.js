// Choose all students on the page at once. Without this, each is ticked by hand.
"use strict";

document.querySelectorAll("[data-check-all]").forEach((all) => {
  const boxes = [...document.querySelectorAll(`input[type="checkbox"][name="${all.dataset.checkAll}"]`)];
  const show = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    all.checked = chosen > 0 && chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
  };
  all.hidden = false;
  all.addEventListener("change", () => boxes.forEach((box) => (box.checked = all.checked)));
  boxes.forEach((box) => box.addEventListener("change", show));
  show();
});
