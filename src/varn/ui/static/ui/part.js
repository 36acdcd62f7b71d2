/* Asks the server for parts of the page at hand; the only way to, see docs/adr/0008. `body` (URLSearchParams) makes it a POST. Never
   throws: { status, answer }, where status 0 is no network and 401 logged out; answer is JSON as an object, HTML as a string. */
"use strict";
window.askPart = async (url, body) => {
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  const headers = { "X-Part": "1", ...(body && { "X-CSRFToken": token }) };
  try {
    const response = await fetch(url, { method: body ? "POST" : "GET", body, headers });
    if (response.redirected || response.status === 403) return { status: 401, answer: null };
    const isJson = response.headers.get("content-type")?.startsWith("application/json");
    return { status: response.status, answer: await (isJson ? response.json() : response.text()) };
  } catch { return { status: 0, answer: null }; }
};
