import { openWorld, as } from './harness.ts'
const world = await openWorld(80)
const city = (n: string) => n.startsWith('澜川市')
let n = 0
const plan: [role: string, paths: string[], mobile?: boolean][] = [
  ['leader', ['/', '/cockpit', '/cockpit/events', '/cockpit/areas', '/cockpit/instructions', '/reports']],
  ['shiftLeader', ['/reports', '/callback/plans', '/callback/forms', '/callback/robot', '/analytics/explore', '/analytics/map', '/analytics/today']],
  ['businessAdmin', ['/analytics/screens', '/reports/templates', '/reports/schedules', '/orders/lines', '/knowledge/scenes']],
  ['tenantAdmin', ['/admin/directory-sync', '/ai/dispatches']],
]
for (const [role, paths] of plan) {
  const { page } = await as(world, (p) => p.role === role && city(p.tenantName))
  page.on('console', (m: any) => { if (m.type() === 'error') console.log('CONSOLE', role, page.url(), m.text().slice(0, 200)) })
  page.on('pageerror', (e: any) => console.log('PAGEERROR', page.url(), String(e).slice(0, 200)))
  await page.setViewportSize({ width: 1440, height: 900 })
  for (const path of paths) {
    await page.goto(`${world.staff}${path}`); await page.waitForTimeout(2500)
    n += 1; await page.screenshot({ path: `/tmp/look-${n}.png` }); console.log(n, role, path, await page.title())
  }
  if (role === 'leader') { await page.setViewportSize({ width: 390, height: 844 }); await page.goto(`${world.staff}/m/cockpit`); await page.waitForTimeout(2500); n += 1; await page.screenshot({ path: `/tmp/look-${n}.png`, fullPage: true }); console.log(n, 'm/cockpit') }
}
process.exit(0)
