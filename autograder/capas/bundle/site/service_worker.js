// Keeps what a visit needs, so that the next one needs no net. Python never changes at its address; pages may.

const PYTHON = /*python*/ [];
const SITE = new URL("./", self.location).href;
const CACHE = `capas ${SITE}`;
const python = PYTHON.map((address) => new URL(address, SITE).href);
const isPython = (address) => python.some((place) => address.startsWith(place));

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(Promise.all([self.clients.claim(), forget()])));

// A Python that no page asks for any more, 20 MB of it.
async function forget() {
  const cache = await caches.open(CACHE);
  const isOld = ({ url }) => !isPython(url) && (!url.startsWith(SITE) || url.startsWith(`${SITE}pyodide-`));
  await Promise.all((await cache.keys()).filter(isOld).map((request) => cache.delete(request)));
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !(request.url.startsWith(SITE) || isPython(request.url))) return;
  event.respondWith(isPython(request.url) ? fromCache(event) : fromNet(event));
});

async function fromCache(event) {
  const cache = await caches.open(CACHE);
  return (await cache.match(event.request.url)) ?? fetched(event, cache);
}

async function fromNet(event) {
  const cache = await caches.open(CACHE);
  try {
    return await fetched(event, cache);
  } catch (error) {
    const kept = await cache.match(event.request.url, { ignoreSearch: true });
    if (kept) return kept;
    throw error;
  }
}

// The page reads while the copy is written: a copy that is waited for first may wait for the page.
async function fetched(event, cache) {
  const answer = await fetch(event.request);
  if (answer.ok) event.waitUntil(cache.put(event.request.url, answer.clone()));
  return answer;
}

// A page names what it needs; it is told when all of that is kept.
self.addEventListener("message", (event) => event.waitUntil(keep(event.data.keep, event.source)));

async function keep(addresses, page) {
  const cache = await caches.open(CACHE);
  for (const address of addresses) if (!(await cache.match(address))) await cache.add(address);
  page.postMessage({ kept: true });
}
