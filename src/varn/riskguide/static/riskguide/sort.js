/* Saves each choice of the sorting table as it is made, one after another, and says so. Two people on one matter: shows what the other
   set and asks. What could not be sent (no network, logged out) stays in the tab and goes again. Opens the six questions over the table.
   Without this file the form saves the whole table and the questions have a page of their own. After ui/part.js. */
"use strict";
(() => {
  const form = document.querySelector("form[data-sort]");
  if (!form) return;
  const text = form.dataset;
  const KEEP = `varn-draft:unsent:${location.pathname}`;
  const unsent = new Map();
  let busy = Promise.resolve();

  const say = document.createElement("div");
  say.className = "vh";
  say.setAttribute("role", "status");
  document.body.append(say);

  const tr = (row) => document.getElementById(`r${row}`);
  const base = (row) => form.elements[`b${row}`];
  const radios = (row) => [...tr(row).querySelectorAll(".pick input")];
  const chosen = (row) => radios(row).find((radio) => radio.checked)?.value ?? "";
  const short = (line) => line.dataset.short || line.querySelector("legend").textContent;

  function keep() {
    try {
      if (unsent.size) sessionStorage.setItem(KEEP, JSON.stringify([...unsent])); else sessionStorage.removeItem(KEEP);
    } catch { /* switched off */ }
  }
  function put(id, said) { document.getElementById(id).textContent = said; }
  function show(row, answer) {
    const line = tr(row);
    line.classList.remove("unsaved");
    base(row).value = answer.base;
    const cell = line.querySelector(".outcome");
    const held = cell.contains(document.activeElement);
    cell.innerHTML = answer.outcome;
    count();
    if (held) (cell.querySelector("button, a") || radios(row)[0]).focus();
  }
  function count() {
    for (const level of ["high", "moderate", "low"]) put(`n-${level}`, form.querySelectorAll(`.next.${level}`).length);
    const n = form.querySelectorAll("tr[id]").length, left = n - form.querySelectorAll(".next").length;
    put("left", left === 0 ? text.none : (left === 1 ? text.one : text.many).replace(/\d+/, left));
    put("judged", text.judged.replace("{}", n - left).replace("{}", n));
    document.querySelector(".meter progress").value = n - left;
  }
  function set(row, value) { for (const radio of radios(row)) radio.checked = radio.value === value; }
  function next(row) {
    const open = [...form.querySelectorAll("tr[id]")].filter((line) => !chosen(line.id.slice(1)));
    const after = open.find((line) => tr(row).compareDocumentPosition(line) & Node.DOCUMENT_POSITION_FOLLOWING) || open[0];
    return after ? text.next.replace("{}", short(after)) : "";
  }
  function failed(row, message) {
    tr(row).classList.add("unsaved");
    const cell = tr(row).querySelector(".outcome");
    cell.textContent = message;
    if (message === text.loggedOut) {
      const link = document.createElement("a");
      link.href = `${text.loginUrl}?next=${encodeURIComponent(location.pathname)}`;
      link.textContent = text.login;
      cell.append(" ", link);
    }
    say.textContent = message;
  }
  async function send(row) {
    if (!unsent.has(row)) return;
    const value = unsent.get(row);
    const { status, answer } = await askPart(text.sort, new URLSearchParams({ set: `${row}:${value}:${base(row).value}` }));
    if (status === 401) return failed(row, text.loggedOut);
    if (!answer?.said) return failed(row, text.failed);
    if (unsent.get(row) === value) unsent.delete(row);
    keep();
    if (status === 409 || status === 200) {
      if (unsent.has(row)) { base(row).value = answer.base; return; }
      show(row, answer);
      set(row, answer.value);
    } else failed(row, answer.said);
    say.textContent = status !== 200 ? answer.said : `${answer.said} ${form.querySelector("tr[id]:not(:has(.next))") ? next(row) : text.all}`;
  }
  function queue(row, value) {
    unsent.set(row, value);
    keep();
    busy = busy.then(async () => { for (const waiting of [row, ...unsent.keys()]) await send(waiting); });
  }

  form.addEventListener("change", (event) => {
    const name = /^m(\d+)$/.exec(event.target.name);
    if (name) queue(name[1], event.target.value);
  });
  form.addEventListener("submit", () => { unsent.clear(); keep(); });
  document.addEventListener("click", (event) => {
    const undo = event.target.closest("[data-pick-clear], [data-set]");
    const theirs = event.target.closest("[data-keep-theirs]");
    const questions = event.target.closest("[data-questions]");
    if (undo || theirs) {
      event.preventDefault();
      const [row, value] = (undo || theirs).value.split(":");
      set(row, value);
      (radios(row).find((radio) => radio.checked) || radios(row)[0]).focus();
      queue(row, value);
    } else if (questions && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      ask(questions);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "?" || !event.target.closest?.("[data-pick]")) return;
    const link = event.target.closest("tr")?.querySelector("[data-questions]");
    if (link) { event.preventDefault(); ask(link); }
  });
  addEventListener("online", () => { busy = busy.then(async () => { for (const row of [...unsent.keys()]) await send(row); }); });
  addEventListener("beforeunload", (event) => { if ([...form.querySelectorAll(".unsaved")].length || (unsent.size && navigator.onLine)) event.preventDefault(); });

  /* The six questions of one matter. */
  async function ask(link) {
    const line = link.closest("tr");
    await busy;
    const { status, answer: html } = await askPart(link.href);
    if (status !== 200) { location.assign(link.href); return; }
    const dialog = document.createElement("dialog");
    dialog.className = "ask stack";
    const title = document.createElement("h2");
    title.id = "ask-title";
    title.textContent = line.querySelector("legend").textContent;
    const close = document.createElement("button");
    close.className = "close";
    close.type = "button";
    close.setAttribute("aria-label", text.close);
    close.textContent = "×";
    dialog.setAttribute("aria-labelledby", title.id);
    const body = document.createElement("div");
    body.innerHTML = html;
    dialog.append(title, close, body);
    document.body.append(dialog);
    dialog.addEventListener("close", () => { dialog.remove(); (radios(line.id.slice(1)).find((radio) => radio.checked) || radios(line.id.slice(1))[0]).focus(); });
    dialog.addEventListener("click", (event) => { if (event.target === dialog || event.target.closest(".close, [data-close]")) { event.preventDefault(); dialog.close(); } });
    let saving = Promise.resolve();
    const save = () => { saving = saving.then(() => saveAnswers(body, line)); return saving; };
    body.addEventListener("change", save);
    body.addEventListener("submit", async (event) => { event.preventDefault(); if (await save()) dialog.close(); });
    dialog.showModal();
    body.querySelector("input[type=radio]:checked")?.focus();
  }
  async function saveAnswers(body, line) {
    const asked = body.querySelector("form");
    const { status, answer } = await askPart(asked.action, new URLSearchParams(new FormData(asked)));
    if (status === 409) { body.innerHTML = answer; body.querySelector("[role=alert]")?.scrollIntoView(); return false; }
    if (!answer?.result) { body.querySelector(".result").textContent = text.failed; return false; }
    asked.elements.version.value = answer.base.split(":")[1];
    body.querySelector(".result").innerHTML = answer.result;
    show(line.id.slice(1), answer);
    return true;
  }

  /* What a log-in or a lost network left behind. */
  try {
    for (const [row, value] of JSON.parse(sessionStorage.getItem(KEEP) || "[]")) if (tr(row)) { set(row, value); queue(row, value); }
  } catch { /* switched off */ }
  /* And what a quick thumb chose before this file was there. */
  for (const line of form.querySelectorAll("tr[id]")) {
    const row = line.id.slice(1), value = chosen(row);
    if (value && value !== base(row).value.split(":")[0] && !unsent.has(row)) queue(row, value);
  }
})();
