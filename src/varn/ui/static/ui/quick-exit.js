/* Quick exit. The link works without this file; with it the page is also replaced in the tab's history instead of being left one step
   back, what the tab keeps (drafts) is cleared first, and Esc three times within a second and a half does the same as the link.
   It cannot clear the browser's own history: the text beside the link says so. The server's /lamna does the rest (cookies, cache). */
"use strict";
(() => {
  const link = document.querySelector("[data-quick-exit]");
  if (!link) return;
  let presses = [];
  function leave() {
    for (const store of ["sessionStorage", "localStorage"]) {
      try { window[store].clear(); } catch { /* storage is switched off: nothing to clear */ }
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
