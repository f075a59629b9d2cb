// Service worker of the phone workbench: its shell and files without a network. Answers of the server are kept by the page itself, never here.
const SHELL = 'ms-m-shell-1'
const LIST = '/m-precache.json'

self.addEventListener('install', (event) => {
  event.waitUntil(fill().then(() => self.skipWaiting()))
})

self.addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith('ms-m-') && name !== SHELL) await caches.delete(name)
    await self.clients.claim()
  })())
})

/** The files of the build that is on the server now; those of earlier builds are dropped once the new ones are all here. */
async function fill() {
  const cache = await caches.open(SHELL)
  const answer = await fetch(LIST, { cache: 'no-store' })
  if (!answer.ok) return
  const names = await answer.json()
  // One file that cannot be had must not take all others away from who is without a network.
  for (const name of names) if (!(await cache.match(name))) await cache.add(name).catch(() => undefined)
  const shell = await fetch('/m', { cache: 'no-store' })
  if (shell.ok) await cache.put('/m', shell)
  const keep = new Set([...names, '/m'])
  for (const request of await cache.keys()) if (!keep.has(new URL(request.url).pathname)) await cache.delete(request)
}

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== location.origin) return
  if (request.mode === 'navigate') event.respondWith(page(event, request))
  else if (url.pathname.startsWith('/assets/')) event.respondWith(caches.match(request, { cacheName: SHELL }).then((held) => held ?? fetch(request)))
})

async function page(event, request) {
  try {
    const answer = await fetch(request)
    if (answer.ok) event.waitUntil(fill().catch(() => undefined))
    return answer
  } catch {
    return (await caches.match('/m', { cacheName: SHELL })) ?? Response.error()
  }
}
