// Keeps the phone's shell, so that a scanned page opens without a network. It touches GET below /c/ and nothing else.
const BUILD = "{{build}}";
const KEPT = ["{{kept}}"];
const CACHE = `phone-${BUILD}`;

self.addEventListener("install", (event) => {
  // All or nothing: an error here leaves the worker before in its place.
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(KEPT.map(wanted))));
  // Where the browser can, it takes modules from the cache without waking this worker for each.
  event.addRoutes?.({ condition: { urlPattern: new URLPattern({ pathname: `/c/a/${BUILD}/*` }) }, source: { cacheName: CACHE } }).catch(() => {});
});

// What has the build in its address never changes: what the page has loaded already is not loaded again.
function wanted(path) {
  return new Request(path, { cache: path.startsWith(`/c/a/${BUILD}/`) ? "default" : "no-cache" });
}

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("message", (event) => {
  // The page asks for this before its first input, or when all its notes are received; never the worker by itself.
  if (event.data === "take over") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin || !url.pathname.startsWith("/c/")) return;
  if (event.request.mode === "navigate") {
    event.respondWith(kept("/c/again", event.request));
  } else if (KEPT.includes(url.pathname)) {
    event.respondWith(kept(url.pathname, event.request));
  }
});

async function kept(path, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(path)) ?? fetch(request);
}
