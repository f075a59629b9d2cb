// Journeys in a real browser. Prints one line each and a closing count; pictures go to e2e/report.
import { rmSync } from 'node:fs'
import { closePages, findChromium, openPages, openWorld, reportDir, type World } from './harness.ts'
import { callBecomesOrder } from './journey-01-call.ts'
import { citizenOnThePhone } from './journey-14-citizen.ts'
import { downToACounty } from './journey-02-county.ts'
import { duplicatesAndEventSet } from './journey-04-duplicates.ts'
import { cardsOverAHoliday } from './journey-05-cards.ts'
import { knowledgeFromOrderToCitation } from './journey-08-knowledge.ts'
import { enterpriseOrder } from './journey-12-enterprise.ts'
import { rulesInTheMiddleOfAMonth } from './journey-16-rules.ts'
import { leaderAtTheSeats } from './journey-15-leader.ts'
import { portalIsAccessible } from './portal-axe.ts'
import { everyRoleSignsIn } from './roles.ts'
import { faultsAreTold } from './telephone-faults.ts'
import { callPassedOn } from './telephone-passed-on.ts'

const journeys: [name: string, walk: (world: World) => Promise<void>][] = [
  ['每个岗位登录后看到自己的起始页，没有脚本错误', everyRoleSignsIn],
  ['旅程 1：网络电话经导航和排队接通，弹屏登记成单，录音随单，评价，承办人员经平台拨打', callBecomesOrder],
  ['旅程 15：值班长看坐席图、监听、强插、接管、强制置忙，班组公告逐人确认', leaderAtTheSeats],
  ['电话转接带表单、咨询、三方、退出、评价，每一步听得到该听的声音', callPassedOn],
  ['没有麦克风、没有 HTTPS、浏览器不支持、别处已签入：工具条各说明原因', faultsAreTold],
  ['旅程 14：市民手机提交，座席提取，单位手机办理，市民查看并评价', citizenOnThePhone],
  ['旅程 2：下派县级中心，办结返回，两边看到同一条链', downToACounty],
  ['旅程 4：同人重复保存前提示；邻居同诉一次答复，移出的单独办理', duplicatesAndEventSet],
  ['旅程 5：跨节假日的黄牌、红牌和自动督办', cardsOverAHoliday],
  ['旅程 8：查不到就问责任单位，答复和法规经审核发布，下一位座席引用答复，市民看到；新版不改旧引用，纠错办结', knowledgeFromOrderToCitation],
  ['旅程 12：企业注册、核实、提交，工单带企业库企业，A 级两小时响应、提前一小时预警，企业看到结果', enterpriseOrder],
  ['旅程 16：月中改规则，办结标准、时限和督办规则试过、审过，自 16 日生效，在办工单不变', rulesInTheMiddleOfAMonth],
  ['公众门户每个页面无障碍检查没有严重问题', portalIsAccessible],
]

if (!findChromium()) {
  console.log('没有找到 Chromium，浏览器旅程未运行（apt-get install chromium fonts-noto-cjk 后再试）')
  console.log(`0 passed, 0 failed, ${journeys.length} skipped`)
  process.exit(0)
}
rmSync(reportDir, { recursive: true, force: true })
const only = process.argv[2]
const world = await openWorld(60)
let passed = 0
let failed = 0
try {
  for (const [name, walk] of journeys) {
    if (only && !name.includes(only)) continue
    const began = performance.now()
    try {
      await walk(world)
      passed += 1
      console.log(`✓ ${name} (${Math.round((performance.now() - began) / 1000)} s)`)
    } catch (error) {
      failed += 1
      console.log(`✗ ${name}\n  ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
      for (const [index, page] of openPages().entries()) await page.screenshot({ path: `${reportDir}/failed-${failed}-${index}.png` }).catch(() => undefined)
    }
    await closePages()
  }
} finally {
  await world.stop()
}
console.log(`${passed} passed, ${failed} failed`)
if (failed > 0) process.exit(1)
