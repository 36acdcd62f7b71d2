/* One keystroke per row: in [data-pick] each fieldset.pick is a row. 1–9 choose and go on, ↓ ↑ J K move, 0 or Backspace press the row's
   [data-pick-clear]. Silent in [data-pick-quiet]. Acts only while focus is inside (WCAG 2.1.4). Plain radio buttons without it; see docs/components.md. */
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
    if (!list.hasAttribute("data-pick-quiet")) say.textContent = `${row.querySelector("legend")?.textContent ?? ""}: ${option.labels[0].textContent.trim().replace(/\d$/, "")}`;
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
    const clear = (event.key === "0" || event.key === "Backspace") && (row.closest("tr, li, [data-row]") || row.parentNode).querySelector("[data-pick-clear]");
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
