/* Quick exit: clears what the tab keeps (drafts), replaces the page and does the same on Esc three times. The link works without
   this file and leads to the server's /lamna. It cannot clear the browser's history: the text beside the link says so. */
"use strict";
(() => {
  const link = document.querySelector("[data-quick-exit]");
  if (!link) return;
  let presses = [];
  function leave() {
    for (const store of ["sessionStorage", "localStorage"]) {
      try { window[store].clear(); } catch { /* switched off */ }
    }
    document.body.hidden = true;
    document.title = "…";
    location.replace(link.href);
  }
  link.addEventListener("click", (event) => { event.preventDefault(); leave(); });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") { presses = []; return; }
    presses = [...presses, event.timeStamp].filter((at) => event.timeStamp - at < 1500);
    if (presses.length >= 3) leave();
  });
})();
