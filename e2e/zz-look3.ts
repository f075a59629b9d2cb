import { openWorld, as } from './harness.ts'
const world = await openWorld(80)
const city = (n: string) => n.startsWith('澜川市')
const { page } = await as(world, (p) => p.role === 'businessAdmin' && city(p.tenantName))
page.on('console', (m: any) => { if (m.type() === 'error') console.log('CONSOLE', page.url(), m.text().slice(0, 200)) })
await page.setViewportSize({ width: 1440, height: 900 })
const shot = async (n: number) => { await page.screenshot({ path: `/tmp/look-${n}.png` }); console.log(n, page.url(), await page.title()) }
await page.goto(`${world.staff}/analytics/reports`); await page.waitForTimeout(2500); await shot(31)
const link = page.locator('table a').first(); if (await link.count()) { await link.click(); await page.waitForTimeout(3500); await shot(32) }
await page.goto(`${world.staff}/analytics/reports/schedules`); await page.waitForTimeout(2500); await shot(33)
await page.goto(`${world.staff}/analytics/reports/templates`); await page.waitForTimeout(2000); await shot(34)
await page.setViewportSize({ width: 1920, height: 1080 })
for (const [i, code] of ['screenOverview', 'screenPerformance', 'screenEfficiency'].entries()) { await page.goto(`${world.staff}/screen/${code}`); await page.waitForTimeout(4000); await shot(35 + i) }
process.exit(0)
