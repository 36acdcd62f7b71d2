/* Keeps what is typed in form[data-keep=name] in this tab, so that it survives an expired session; says so with data-keep-note. Never
   passwords, files or hidden fields. Dropped when sent and the next page, log-in apart, is not that form; by data-kept=name; at log-out. */
"use strict";
(() => {
  const PREFIX = "varn-draft:";
  const SKIP = /^(password|file|hidden|submit|button|reset|image)$/;
  let store;
  try { store = window.sessionStorage; store.getItem(PREFIX); } catch { return; }

  const all = () => Object.keys(store).filter((key) => key.startsWith(PREFIX));
  const read = (key) => { try { return JSON.parse(store.getItem(key)); } catch { return null; } };
  const write = (key, draft) => { try { store.setItem(key, JSON.stringify(draft)); } catch { /* full */ } };
  const fields = (form) => [...form.elements].filter((field) => field.name && !SKIP.test(field.type));
  const isTick = (field) => field.type === "radio" || field.type === "checkbox";

  function typed(form) {
    return fields(form).map((field) => (
      [field.name, isTick(field) ? [field.value, field.checked] : field.multiple ? [...field.selectedOptions].map((o) => o.value) : field.value]
    ));
  }
  function put(field, value) {
    if (isTick(field)) { if (field.value !== value[0] || field.checked === value[1]) return false; field.checked = value[1]; return true; }
    if (field.multiple) { for (const option of field.options) option.selected = value.includes(option.value); return false; }
    if (field.value === value) return false;
    field.value = value;
    return true;
  }
  function restore(form, draft) {
    /* By name, in order: a form that came back from the server may have a field more or less. */
    const kept = new Map();
    for (const [name, value] of draft.values) kept.set(name, [...(kept.get(name) || []), value]);
    const changed = fields(form).map((field) => Boolean(kept.get(field.name)?.length) && put(field, kept.get(field.name).shift()));
    if (!changed.includes(true) || !form.dataset.keepNote) return;
    const note = document.createElement("p");
    note.className = "notice";
    note.setAttribute("role", "status");
    note.textContent = form.dataset.keepNote;
    form.prepend(note);
  }

  const forms = [...document.querySelectorAll("form[data-keep]")];
  const here = forms.map((form) => PREFIX + form.dataset.keep);
  const isLogin = document.querySelector('[data-contract="login-form"], [data-contract="code-form"]');
  for (const mark of document.querySelectorAll("[data-kept]")) store.removeItem(PREFIX + mark.dataset.kept);
  if (!isLogin) for (const key of all()) if (read(key)?.sent && !here.includes(key)) store.removeItem(key);
  forms.forEach((form, at) => {
    const draft = read(here[at]);
    if (draft) restore(form, draft);
    form.addEventListener("input", () => write(here[at], { values: typed(form), sent: false }));
    form.addEventListener("submit", () => write(here[at], { values: typed(form), sent: true }));
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches('[data-contract="logout-form"]')) all().forEach((key) => store.removeItem(key));
  });
})();
