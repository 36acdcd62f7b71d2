/* Saves each pressed answer as it is made and puts the statement in place again; asks every few seconds for what the others did.
   What could not be sent (no network) goes again when the network is back. Without this file each button sends the form. After ui/part.js. */
"use strict";
(() => {
  const form = document.querySelector("form[data-assess]");
  if (!form) return;
  const EVERY = 4000; // ms between questions to the server, while the page is looked at
  const text = form.dataset;
  const said = document.getElementById("said");
  const unsent = new Map();
  let busy = Promise.resolve();

  const place = (key) => document.getElementById(key);
  function put(id, html) { if (html != null && place(id)) place(id).innerHTML = html; }
  function swap(key, html) {
    const old = place(key);
    if (!old) return;
    const value = old.contains(document.activeElement) ? document.activeElement.value : null;
    old.outerHTML = html;
    if (value === null) return;
    const answer = value.split(":").slice(0, 2).join(":");
    const again = [...place(key).querySelectorAll("button")].find((button) => button.value.split(":").slice(0, 2).join(":") === answer);
    again?.focus();
  }
  function show(answer) {
    for (const [key, html] of Object.entries(answer.parts ?? {})) if (!unsent.has(key)) swap(key, html);
    put("group", answer.group);
    put("seats", answer.seats);
    put("now", answer.now);
    count(answer.progress);
  }
  function count(progress) {
    if (!progress) return;
    const bar = document.querySelector("#now progress");
    bar.value = progress.n;
    bar.setAttribute("aria-label", progress.label);
    bar.previousElementSibling.textContent = progress.label;
    place("all-given").hidden = !progress.is_all;
  }
  function tell(message, key) {
    said.textContent = message;
    const item = place(key);
    if (!item) return;
    item.querySelector(".failed")?.remove();
    const line = document.createElement("p");
    line.className = "failed";
    line.textContent = message;
    item.append(line);
  }
  async function send(key) {
    const value = unsent.get(key);
    if (value === undefined) return;
    const { status, answer } = await askPart(form.action, new URLSearchParams({ set: value }));
    if (status === 0 || status >= 500) return tell(text.failed, key);
    if (unsent.get(key) === value) unsent.delete(key);
    if (status === 401) return tell(text.loggedOut, key);
    if (!answer?.parts) return tell(answer?.said || text.failed, key);
    place(key).querySelector(".failed")?.remove();
    place(key).classList.add("settled");
    show(answer);
    said.textContent = answer.said ?? "";
  }
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=set]");
    if (!button) return;
    event.preventDefault();
    const item = button.closest("li");
    for (const other of item.querySelectorAll("button[name=set]")) other.setAttribute("aria-pressed", String(other === button));
    unsent.set(item.id, button.value);
    busy = busy.then(() => send(item.id));
  });
  addEventListener("online", () => { busy = busy.then(async () => { for (const key of [...unsent.keys()]) await send(key); }); });
  addEventListener("beforeunload", (event) => { if (unsent.size) event.preventDefault(); });

  if (!("poll" in text)) return;
  setInterval(() => {
    if (document.hidden || unsent.size) return;
    busy = busy.then(async () => {
      const state = document.querySelector("#group [data-state]")?.dataset.state ?? "";
      const stamps = [...document.querySelectorAll("#group [data-stamp]")].map((item) => item.dataset.stamp).join(",");
      const { status, answer } = await askPart(`${form.action}?${new URLSearchParams({ state, s: stamps })}`);
      if (status === 200 && answer) show(answer);
    });
  }, EVERY);
})();
