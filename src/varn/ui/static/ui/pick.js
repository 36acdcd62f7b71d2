/* One keystroke per row. In an element marked data-pick every fieldset.pick is a row. While focus is inside it: 1–9 choose that option
   and go on to the next row; ↓ ↑ or J K move between rows; 0 or Backspace press the row's button [data-pick-clear], if there is one
   (nothing is unset behind the server's back). ← → choose within the row, as radio buttons do. Single keys act only in here (WCAG 2.1.4).
   The change event bubbles, so that htmx or a form saves it. What was chosen is announced, without words of our own.
   data-pick="start" puts focus on the first row without a choice, where there is a keyboard. Without this file: plain radio buttons. */
"use strict";
(() => {
  const say = document.createElement("div");
  say.className = "vh";
  say.setAttribute("aria-live", "polite");
  document.body.append(say);

  const rows = (list) => [...list.querySelectorAll(".pick:not(:disabled)")];
  const options = (row) => [...row.querySelectorAll("input[type=radio]")];
  const inRow = (target) => target.closest(".pick") || target.closest("tr, li, [data-row]")?.querySelector(".pick");

  function go(list, row, by) {
    const all = rows(list);
    const next = all[all.indexOf(row) + by];
    if (!next) return;
    (options(next).find((option) => option.checked) || options(next)[0])?.focus();
    next.scrollIntoView({ block: "nearest" });
  }
  function choose(list, row, option) {
    const isNew = !option.checked;
    option.checked = true;
    option.focus();
    say.textContent = `${row.querySelector("legend")?.textContent ?? ""}: ${option.labels[0].firstChild.parentNode.innerText.replace(/\s*\d$/, "")}`;
    go(list, row, 1);
    if (isNew) option.dispatchEvent(new Event("change", { bubbles: true }));
  }
  function onKey(event) {
    const target = event.target;
    const list = target.closest?.("[data-pick]");
    if (!list || event.ctrlKey || event.metaKey || event.altKey || target.matches("textarea, select, input:not([type=radio])")) return;
    const row = inRow(target);
    if (!row) return;
    const by = { ArrowDown: 1, j: 1, J: 1, ArrowUp: -1, k: -1, K: -1 }[event.key];
    const option = /^[1-9]$/.test(event.key) && options(row)[event.key - 1];
    const clear = (event.key === "0" || event.key === "Backspace") && row.parentNode.querySelector("[data-pick-clear]");
    if (by) go(list, row, by);
    else if (option) choose(list, row, option);
    else if (clear) clear.click();
    else return;
    event.preventDefault();
  }
  document.addEventListener("keydown", onKey);

  const start = document.querySelector('[data-pick="start"]');
  if (start && document.activeElement === document.body && matchMedia("(hover: hover)").matches) {
    const first = rows(start).find((row) => !options(row).some((option) => option.checked));
    if (first) options(first)[0].focus({ preventScroll: true });
  }
})();
