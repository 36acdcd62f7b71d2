// Passkeys: asks the browser for the key and sends its answer with the form. No library, nothing inline.
(() => {
  "use strict";
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => {
    let raw = "";
    for (const byte of new Uint8Array(buffer)) raw += String.fromCharCode(byte);
    return btoa(raw).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };
  const opened = (key) => {
    const asked = { ...key, challenge: bytes(key.challenge) };
    if (asked.user) asked.user = { ...asked.user, id: bytes(asked.user.id) };
    for (const list of ["allowCredentials", "excludeCredentials"]) {
      if (asked[list]) asked[list] = asked[list].map((one) => ({ ...one, id: bytes(one.id) }));
    }
    return asked;
  };
  const closed = (found) => {
    const answer = {};
    for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (found.response[part]) answer[part] = text(found.response[part]);
    }
    if (found.response.getTransports) answer.transports = found.response.getTransports();
    return {
      id: found.id,
      rawId: text(found.rawId),
      type: found.type,
      authenticatorAttachment: found.authenticatorAttachment,
      response: answer,
      clientExtensionResults: found.getClientExtensionResults(),
    };
  };
  const options = async (form) => {
    if (form.dataset.options) return JSON.parse(form.dataset.options);
    const answer = await fetch(form.dataset.optionsUrl, { headers: { Accept: "application/json" }, credentials: "same-origin" });
    if (!answer.ok) throw new Error(answer.status);
    return (await answer.json()).request_options;
  };
  const run = async (form) => {
    const failed = form.querySelector("[data-passkey-failed]");
    failed.hidden = true;
    try {
      const publicKey = opened((await options(form)).publicKey);
      const found = form.dataset.passkey === "create"
        ? await navigator.credentials.create({ publicKey })
        : await navigator.credentials.get({ publicKey });
      form.elements.credential.value = JSON.stringify(closed(found));
      const tick = document.querySelector("form[data-contract=login-form] [name=shared]");
      if (form.elements.shared) form.elements.shared.value = tick && tick.checked ? "on" : "";
      form.submit();
    } catch {
      failed.hidden = false;
    }
  };
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (!window.PublicKeyCredential) continue;
    form.querySelector("[data-passkey-row]").hidden = false;
    form.querySelector("[data-passkey-missing]").hidden = true;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      run(form);
    });
  }
})();
