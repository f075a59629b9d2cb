// Where a link of a message leads on the phone; null where the phone has no page for it.
export function phoneLink(link: string | null | undefined): string | null {
  const order = /^\/orders\/(\d[\w-]*)/.exec(link ?? '')?.[1]
  if (order) return `/m/orders/${order}`
  const task = /^\/supervision\/tasks\/([0-9a-f-]{36})/.exec(link ?? '')?.[1]
  if (task) return `/m/tasks/${task}`
  if (link?.startsWith('/supervision/instructions?mine')) return '/m/instructions'
  return link?.startsWith('/unit') ? '/m' : null
}
