// Asks the service worker to keep what this page needs, and says when the page no longer needs the net.

import { addressOf } from "./files.js";

/** Keep the page with all it loaded, the `files` beside it, and what Python `loaded`; call `kept` when that is done. */
export async function keep(files, loaded, kept) {
  if (!("serviceWorker" in navigator) || !isSecureContext) return;
  const site = new URL("../", import.meta.url);
  await navigator.serviceWorker.register(new URL("service_worker.js", site));
  const registration = await navigator.serviceWorker.ready;
  const page = location.href.split("#")[0];
  const images = [...document.querySelectorAll("img")].map((image) => image.src);
  const used = performance.getEntriesByType("resource").map((entry) => entry.name).filter((name) => name.startsWith(site.href));
  const home = [new URL("../index.html", page).href, new URL("assets/course.js", site).href];
  const all = new Set([page, ...used, ...images, ...home, ...files.map((name) => new URL(addressOf(name), page).href), ...loaded]);
  navigator.serviceWorker.addEventListener("message", ({ data }) => data.kept && kept());
  registration.active.postMessage({ keep: [...all].filter((address) => address.startsWith("http")) });
}
