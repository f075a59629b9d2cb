// How long a model of a large site takes: 100,000 invented texts of 300 classes, learned in a thread as the product does it.
import { Worker } from 'node:worker_threads'
import type { Sample } from '../server/src/domains/ai/engines/classifier.ts'
import { seeded } from '../server/src/domains/ai/engines/linear.ts'
import type { Trained, TrainJob } from '../server/src/domains/ai/models/train-worker.ts'
import { figure, least, most, writeResult } from './result.ts'

const CLASSES = 300

/** Words of invented syllables: some belong to a class, most to all; a tenth of the labels is wrong, as in life. */
function samples(n: number): Sample[] {
  const random = seeded(11)
  const signs = [...'路灯水电气暖噪声垃圾物业停车学校医院社保房屋拆迁违建环境交通道施工小区街居民公司工资合同费用投诉咨询办理部门维修漏堵树木河井盖门窗楼梯电梯消防安全食品药价格退款网络快递']
  const word = (): string => Array.from({ length: 2 + Math.floor(random() * 2) }, () => signs[Math.floor(random() * signs.length)] ?? '').join('')
  const common = Array.from({ length: 20_000 }, word)
  const own = Array.from({ length: CLASSES }, () => Array.from({ length: 40 }, word))
  return Array.from({ length: n }, (_, i) => {
    const c = Math.floor(random() ** 1.5 * CLASSES)
    const text = Array.from({ length: 45 }, () => (random() < 0.12 ? own[c]![Math.floor(random() * 40)] : common[Math.floor(random() ** 2 * common.length)])).join('')
    return { label: String(random() < 0.1 ? Math.floor(random() * CLASSES) : c), group: String(i), fields: [{ name: 'title', text: text.slice(0, 15) }, { name: 'text', text }] }
  })
}

const learn = (job: TrainJob): Promise<Trained> => new Promise((done, fail) => {
  const worker = new Worker(new URL('../server/src/domains/ai/models/train-worker.ts', import.meta.url), { workerData: job, resourceLimits: { maxOldGenerationSizeMb: 1800 } })
  worker.once('message', (trained: Trained) => done(trained))
  worker.once('error', fail)
})

export async function benchTrain(n = 100_000): Promise<void> {
  const all = samples(n + 2000)
  let peak = 0
  const watch = setInterval(() => { peak = Math.max(peak, process.memoryUsage().rss) }, 500)
  const began = performance.now()
  const trained = await learn({ train: all.slice(0, n), test: all.slice(n), candidates: 3 })
  const minutes = (performance.now() - began) / 60_000
  clearInterval(watch)
  const metrics = { time: most(minutes, 'min', 5), 'memory of the whole process': most(peak / 2 ** 20, 'MiB', 2048), artefact: most(trained.bytes.length / 2 ** 20, 'MiB', 16), classes: least(trained.classes, '', CLASSES), 'hit@1 (a tenth of the labels is wrong)': figure(trained.quality.hit1.value, '') }
  if (n >= 100_000) writeResult('ai-train', { command: 'npm run bench -- ai-train', base: `${n} invented texts of 90 to 135 characters, ${CLASSES} classes of unequal size`, metrics, notes: ['the memory includes the samples held by the calling thread'] })
  else console.log(Object.entries(metrics).map(([name, m]) => `  ${name}: ${m.value} ${m.unit}`).join('\n'))
}
