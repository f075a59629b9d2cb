// Each role of the city, one click, its own start page; a page that logs an error fails.
import { strict as assert } from 'node:assert'
import { as, settle, shoot, type World } from './harness.ts'

export const city = (name: string): boolean => name.startsWith('澜川市')
const pages: [role: string, paths: string[]][] = [
  ['agent', ['/', '/desk/call', '/desk/channels', '/orders']],
  ['shiftLeader', ['/', '/desk/lead', '/review/pending']],
  ['reviewer', ['/', '/review/pending', '/review/dispatch', '/review/returns', '/review/results', '/orders']],
  ['dispatcher', ['/', '/review/dispatch']],
  ['handler', ['/', '/unit', '/unit/sign', '/unit/handling', '/m']],
  ['unitLeader', ['/', '/unit/approve', '/unit/requests']],
  ['callbackAgent', ['/', '/callback/desk', '/callback/stats']],
  ['supervisor', ['/', '/supervision/board', '/supervision/cards', '/supervision/tasks', '/supervision/urges']],
  ['leader', ['/']],
  ['matterManager', ['/matters', '/matters/duties', '/matters/limits']],
  ['tenantAdmin', ['/admin/units', '/admin/users', '/admin/roles', '/admin/settings', '/admin/tenants', '/orders/import']],
  ['systemAdmin', ['/', '/admin/users']],
  ['auditor', ['/', '/admin/audit']],
]

/** Two people at a time: pages mostly wait for the server. */
export async function everyRoleSignsIn(world: World): Promise<void> {
  const found: string[] = []
  const waiting = [...pages]
  const desk = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) found.push(...(await visit(world, ...next)))
  }
  await Promise.all([desk(), desk()])
  assert.deepEqual(found, [])
}

/** What was wrong on these pages of a role. */
async function visit(world: World, role: string, paths: string[]): Promise<string[]> {
  const found: string[] = []
  const { page, errors, close } = await as(world, (p) => p.role === role && city(p.tenantName))
  for (const path of paths) {
    await page.goto(`${world.staff}${path}`)
    await settle(page)
    await shoot(page, `page-${role}-${path.replaceAll('/', '_').replace(/^_/, '') || 'start'}`)
    const text = await page.locator('body').innerText()
    if (/页面不存在|没有这个页面|该模块暂不可用|出错了/.test(text)) found.push(`${role} ${path}: ${text.slice(0, 80).replaceAll('\n', ' ')}`)
    if (errors.length > 0) found.push(`${role} ${path}: ${errors.splice(0).join(' | ').slice(0, 300)}`)
  }
  await close()
  return found
}
