// Service worker of the portal: the shell and its files without a network, everything personal always from the server.
const SHELL = 'ms-shell-1'
const DATA = 'ms-data-1'
const LIST = '/precache.json'
/** Public and the same for everybody; shown from the device only when the network is away. */
const OPEN = [/^\/api\/public\/settings$/, /^\/api\/areas$/, /^\/api\/public\/matter-directories$/, /^\/api\/public\/matters(\/[\w-]+)?$/, /^\/api\/forms\/for$/]
const KEPT_ANSWERS = 80

self.addEventListener('install', (event) => {
  event.waitUntil(fill().then(() => self.skipWaiting()))
})

self.addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name !== SHELL && name !== DATA && name.startsWith('ms-') && !name.startsWith('ms-m-')) await caches.delete(name)
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
  const shell = await fetch('/', { cache: 'no-store' })
  if (shell.ok) await cache.put('/', shell)
  if (!(await cache.match('/icon.svg'))) await cache.add('/icon.svg')
  const keep = new Set([...names, '/', '/icon.svg'])
  for (const request of await cache.keys()) if (!keep.has(new URL(request.url).pathname)) await cache.delete(request)
}

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== location.origin) return
  if (request.mode === 'navigate' && !url.pathname.startsWith('/api/') && !url.pathname.startsWith('/r/')) event.respondWith(page(event, request))
  else if (url.pathname.startsWith('/assets/') || url.pathname === '/icon.svg') event.respondWith(asset(request))
  else if (OPEN.some((one) => one.test(url.pathname))) event.respondWith(openAnswer(request))
})

/** From the server, and from the device only where there is no answer. */
async function page(event, request) {
  try {
    const answer = await fetch(request)
    if (answer.ok) event.waitUntil(fill().catch(() => undefined))
    return answer
  } catch {
    return (await caches.match('/', { cacheName: SHELL })) ?? Response.error()
  }
}

async function asset(request) {
  return (await caches.match(request, { cacheName: SHELL })) ?? fetch(request)
}

async function openAnswer(request) {
  const cache = await caches.open(DATA)
  try {
    const answer = await fetch(request)
    if (answer.ok) {
      await cache.put(request, answer.clone())
      const held = await cache.keys()
      if (held.length > KEPT_ANSWERS) await cache.delete(held[0])
    }
    return answer
  } catch (error) {
    const kept = await cache.match(request)
    if (kept) return kept
    throw error
  }
}
