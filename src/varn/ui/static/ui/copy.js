/* Copies a text that can also be selected by hand; the button shows only where it works. */
"use strict";
(() => {
  for (const button of document.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const source = document.getElementById(button.dataset.copy);
      try { await navigator.clipboard.writeText(source.value); } catch { source.select(); return; }
      button.parentNode.querySelector("[role=status]").textContent = button.dataset.copied;
    });
  }
})();
