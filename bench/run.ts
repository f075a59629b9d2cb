// `npm run bench -- <name>`: start | volume [orders] | lists | lifecycle [seconds] | spike | clock-sweep | inspect-10k [orders] | sample-100k | calls-ivr | calls-bridged | calls-digits | calls-srtp [calls] | calls-restart | calls-webrtc | calls-soak [seconds] | calls-with-orders [calls] | acd-sim [calls] | acd-4000 | forecast | assess-month [orders] | facts-5m [orders] | rebuild-5m | history | boards-5m | tables-5m | history-5m | suggest-1m [orders asked] | all
import { existsSync } from 'node:fs'
import { benchAcd4000 } from './acd-4000.ts'
import { benchAcdSim } from './acd-sim.ts'
import { benchForecast } from './forecast.ts'
import { benchCategory } from './ai-category.ts'
import { benchAssessMonth } from './assess-month.ts'
import { benchDepartment } from './ai-department.ts'
import { benchDuplicates } from './ai-duplicates.ts'
import { benchHot } from './ai-hot.ts'
import { benchReply } from './ai-reply.ts'
import { benchTrain } from './ai-train.ts'
import { benchAskData } from './ask-data.ts'
import { benchBoards } from './boards-5m.ts'
import { benchCallsBridged, benchCallsDigits, benchCallsIvr } from './calls.ts'
import { benchCallsRestart, benchCallsSoak, benchCallsWebrtc } from './calls-site.ts'
import { benchCallsSrtp } from './calls-srtp.ts'
import { benchCallsWithOrders } from './calls-with-orders.ts'
import { benchClockSweep } from './clock-sweep.ts'
import { benchHistory } from './history.ts'
import { makeFacts } from './facts-5m.ts'
import { benchFlowStep } from './flow-step.ts'
import { benchInspect, benchSample } from './inspection.ts'
import { benchLifecycle, benchSpike } from './lifecycle.ts'
import { benchLists } from './lists.ts'
import { startProduct } from './product.ts'
import { benchExport, benchQuery } from './query.ts'
import { benchRebuild } from './rebuild-5m.ts'
import { benchSearch } from './search.ts'
import { benchSuggest } from './suggest-1m.ts'
import { benchStart } from './start.ts'
import { addVolume, benchData } from './volume.ts'

const [name = 'all', argument] = process.argv.slice(2)

async function prepare(): Promise<void> {
  if (existsSync(`${benchData}/postgres.json`)) return
  const product = await startProduct(benchData)
  await product.stop()
}

/** The cluster has to run while rows are copied: the product holds it. */
async function volume(orders: number): Promise<void> {
  await prepare()
  const product = await startProduct(benchData)
  try {
    await addVolume(orders)
  } finally {
    await product.stop()
  }
}

const runs: Record<string, () => Promise<void>> = {
  start: benchStart,
  volume: () => volume(Number(argument ?? 1_000_000)),
  lists: benchLists,
  query: benchQuery,
  'ask-data': async () => benchAskData(),
  search: () => benchSearch(argument),
  'suggest-1m': () => benchSuggest(argument === undefined ? undefined : Number(argument)),
  'ai-category': async () => benchCategory(),
  'ai-department': async () => benchDepartment(),
  'ai-duplicates': async () => benchDuplicates(),
  'ai-reply': benchReply,
  'ai-hot': async () => benchHot(),
  'ai-train': () => benchTrain(Number(argument ?? 100_000)),
  export: benchExport,
  lifecycle: () => benchLifecycle(Number(argument ?? 60)),
  spike: benchSpike,
  'inspect-10k': () => benchInspect(Number(argument ?? 10_000)),
  'sample-100k': () => benchSample(Number(argument ?? 100_000)),
  'flow-step': async () => {
    await prepare()
    await benchFlowStep(Number(argument ?? 10_000))
  },
  'clock-sweep': benchClockSweep,
  'calls-ivr': () => benchCallsIvr(Number(argument ?? 100)),
  'calls-bridged': () => benchCallsBridged(Number(argument ?? 40)),
  'calls-digits': () => benchCallsDigits(Number(argument ?? 10_000)),
  'calls-srtp': () => benchCallsSrtp(Number(argument ?? 50)),
  'calls-restart': () => benchCallsRestart(Number(argument ?? 50)),
  'calls-webrtc': () => benchCallsWebrtc(Number(argument ?? 50)),
  'calls-soak': () => benchCallsSoak(200, Number(argument ?? 600)),
  'calls-with-orders': () => benchCallsWithOrders(Number(argument ?? 50)),
  forecast: () => Promise.resolve(benchForecast()),
  'acd-4000': () => benchAcd4000(),
  'acd-sim': () => benchAcdSim(Number(argument ?? 100_000)),
  'facts-5m': () => makeFacts(Number(argument ?? 5_000_000)),
  'rebuild-5m': benchRebuild,
  'boards-5m': () => benchBoards('boards'),
  'tables-5m': () => benchBoards('tables'),
  'history-5m': () => benchBoards('history'),
  history: benchHistory,
  'assess-month': async () => {
    await prepare()
    await benchAssessMonth(Number(argument ?? 100_000))
  },
  async all() {
    await benchStart()
    await volume(1_000_000)
    await benchLists()
    await benchLifecycle()
    await benchSpike()
  },
}
const run = runs[name]
if (!run) {
  console.error(`unknown bench ${name}: ${Object.keys(runs).join(', ')}`)
  process.exit(1)
}
console.log(name)
await run()
