/* Shows how far the file is, once a second until it is done. Without a script the page's own link does. */
"use strict";
(() => {
  const box = document.querySelector("[data-printing]");
  const look = async () => {
    const { status, answer } = await askPart(location.href);
    if (status === 401 || status === 404) return;
    if (status === 200 && answer !== box.innerHTML) box.innerHTML = answer;
    if (!box.querySelector("[data-done]")) setTimeout(look, 1000);
  };
  if (box && !box.querySelector("[data-done]")) setTimeout(look, 1000);
})();
