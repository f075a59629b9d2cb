// Does a reply explain itself? Five folds by class, like replies on one side; judged by the area under the curve beside length alone.
import { auc, type Answer } from '../server/src/domains/ai/evaluation/metrics.ts'
import { classify, trainClassifier, type Sample } from '../server/src/domains/ai/engines/classifier.ts'
import { replyFields } from '../server/src/domains/ai/engines/reply.ts'
import { backgroundOf, checkReply, replyFaults } from '../server/src/domains/ai/engines/reply-check.ts'
import { seeded } from '../server/src/domains/ai/engines/linear.ts'
import { keepRun } from './ai-runs.ts'
import { realRows } from './real-data.ts'
import { figure, least, most, writeResult } from './result.ts'

type Row = { 留言编号: string; 留言主题: string | null; 留言详情: string | null; 答复意见: string | null }
type Label = { 留言编号: string; good_rater1: string }
const FOLDS = 5

type Told = { title: string; content: string; reply: string }
/** Chosen by the seed: what every fault is planted into, on the half of the replies that nothing was chosen on. */
async function plantedFaults(rows: readonly Told[], metrics: Record<string, ReturnType<typeof figure>>): Promise<void> {
  const [other, test] = [rows.filter((_, i) => i % 2 === 0), rows.filter((_, i) => i % 2 === 1)]
  const background = await backgroundOf(other.map((r) => ({ question: `${r.title}。${r.content}`, reply: r.reply })))
  const random = seeded(11)
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)]
  const named = /(?<=由|向|经|请|到)[\p{Script=Han}\dA-Z]{0,6}?(教育|公安|人社|住建|城管|交通|民政|卫健|环保|国土|规划|水务|工商|农业|税务|司法|房产|园林|物价|食药监)局/u
  const units = ['教育局', '公安局', '人社局', '住建局', '城管局', '交通局', '民政局', '卫健局', '环保局', '国土局', '规划局', '水务局', '工商局', '农业局', '税务局', '司法局', '房产局', '园林局', '物价局', '食药监局']
  // which units' replies have such words: the learned duty list of the trial
  const learnt = other.flatMap((r): Sample[] => { const unit = named.exec(r.reply)?.[1]; return unit ? [{ label: `${unit}局`, fields: [{ name: 'text', text: `${r.title} ${r.content}` }] }] : [] })
  const duties = trainClassifier(learnt)
  const competentFor = (r: Told): Set<string> => new Set([...classify(duties, [{ name: 'text', text: `${r.title} ${r.content}` }], 5).map((c) => c.value), ...units.filter((u) => `${r.title}${r.content}`.includes(u))])
  const check = (r: Told) => checkReply({ ...r, units, competent: competentFor(r) }, background)
  const sound = new Map(test.map((r) => [r, check(r)]))
  const long = test.filter((r) => r.reply.replace(/\s+/g, '').length >= 100)
  const letters = new Map<string, string[]>()
  for (const [sound, words] of background.sounds) for (const word of words) [...word].forEach((c, i) => { const key = sound.split(' ')[i] ?? ''; if (!letters.get(key)?.includes(c)) letters.set(key, [...(letters.get(key) ?? []), c]) })
  const misspelt = (r: Told): Told | null => {
    const words = [...background.sounds].flatMap(([sound, list]) => list.filter((w) => r.reply.includes(w)).map((w) => ({ w, sound: sound.split(' ') })))
    for (let attempt = 0; attempt < 5; attempt++) {
      const chosen = pick(words)
      if (!chosen) return null
      const at = Math.floor(random() * chosen.w.length)
      const wrong = pick((letters.get(chosen.sound[at] ?? '') ?? []).filter((c) => c !== chosen.w[at]))
      if (wrong === undefined) continue
      const bad = chosen.w.slice(0, at) + wrong + chosen.w.slice(at + 1)
      if (!background.words.has(bad)) return { ...r, reply: r.reply.replace(chosen.w, bad) }
    }
    return null
  }
  const plants: Record<(typeof replyFaults)[number], { from: readonly Told[]; make: (r: Told, i: number) => Told | null }> = {
    unanswered: { from: long, make: (r, i) => ({ ...r, content: `1、${r.content}\n2、${(long[(i + 91) % long.length]?.content ?? '').slice(0, 150)}` }) },
    template: { from: long, make: (r, i) => ({ ...r, reply: long[(i + 317) % long.length]?.reply ?? '' }) },
    characters: { from: test, make: misspelt },
    otherUnit: { from: test, make: (r) => { const unit = pick(units.filter((u) => !competentFor(r).has(u))); return unit ? { ...r, reply: `${r.reply}${pick([`该事项属于${unit}职责范围，请向${unit}反映。`, `此问题由${unit}负责，建议您向${unit}咨询。`]) ?? ''}` } : null } },
  }
  const alarms = [...sound.values()]
  for (const fault of replyFaults) {
    const made = plants[fault].from.map((r, i) => ({ r, bad: plants[fault].make(r, i) })).filter((p): p is { r: Told; bad: Told } => p.bad !== null)
    // a finding that the sound reply has as well was not of the plant
    const hit = made.filter(({ r, bad }) => check(bad).some((f) => f.fault === fault && !(sound.get(r) ?? []).some((g) => g.fault === fault && g.text === f.text)))
    metrics[`planted ${fault}: found of ${made.length}`] = least(hit.length / made.length, '', 0.85)
    metrics[`${fault}: sound replies named`] = figure(alarms.filter((list) => list.some((f) => f.fault === fault)).length / alarms.length, '')
    if (process.env['SHOW']) for (const [r, list] of sound) for (const f of list) if (f.fault === fault) console.log(`  ${fault}: ${f.text}${f.instead ? ` → ${f.instead}` : ''} | ${r.title}`)
  }
  metrics['sound replies with any finding'] = most(alarms.filter((list) => list.length > 0).length / alarms.length, '', 0.05)
}

export async function benchReply(): Promise<void> {
  const [rows, labels] = [realRows<Row>('replies_fj4'), realRows<Label>('replies_fj4_labels')]
  if (!rows || !labels) return
  const good = new Map(labels.map((l) => [l.留言编号, l.good_rater1]))
  const items = rows.filter((r) => good.has(r.留言编号)).map((row) => ({ reply: row.答复意见 ?? '', sample: { label: good.get(row.留言编号) === '1' ? '讲清' : '未讲清', group: (row.答复意见 ?? '').replace(/[^\p{L}\p{N}]/gu, '').replace(/\d+/g, '0').slice(0, 400), fields: replyFields(`${row.留言主题 ?? ''}${row.留言详情 ?? ''}`, row.答复意见 ?? '') } satisfies Sample }))
  const random = seeded(5)
  const fold = new Map<string, number>()
  // groups are dealt out class by class
  for (const label of ['讲清', '未讲清']) {
    const groups = [...new Set(items.filter((i) => i.sample.label === label).map((i) => i.sample.group))].map((group) => ({ group, at: random() })).toSorted((a, b) => a.at - b.at)
    groups.forEach(({ group }, i) => { if (!fold.has(group)) fold.set(group, i % FOLDS) })
  }
  const scores: { score: number; length: number; positive: boolean }[] = []
  const answers: Answer[] = []
  const aucs: number[] = []
  for (let k = 0; k < FOLDS; k++) {
    const train = items.filter((i) => fold.get(i.sample.group) !== k)
    const model = trainClassifier(train.map((i) => i.sample), { seed: k + 1, cost: 0.2 })
    const part = items.filter((i) => fold.get(i.sample.group) === k).map(({ sample, reply }) => {
      const given = classify(model, sample.fields, 2)
      answers.push({ gold: sample.label, given: given.map((c) => c.value).slice(0, 1), confidence: given[0]?.confidence ?? 0 })
      return { score: given.find((c) => c.value === '讲清')?.confidence ?? 0, length: reply.replace(/\s+/g, '').length, positive: sample.label === '讲清' }
    })
    aucs.push(auc(part))
    scores.push(...part)
  }
  const meanAuc = aucs.reduce((a, b) => a + b, 0) / FOLDS
  const faults: Record<string, ReturnType<typeof figure>> = {}
  await plantedFaults(rows.map((r) => ({ title: r.留言主题 ?? '', content: r.留言详情 ?? '', reply: r.答复意见 ?? '' })), faults)
  keepRun({ application: 'inspect-reply', dataset: 'replies_fj4_labels', split: '按类五折，相同答复在同一折', answers })
  writeResult('ai-reply', {
    command: 'npm run bench -- ai-reply', base: `${items.length} real replies, ${items.filter((i) => i.sample.label === '未讲清').length} of them do not explain themselves`,
    metrics: { 'AUC, mean of five folds': least(meanAuc, '', 0.98), 'AUC of all folds together': figure(auc(scores), ''), 'AUC of length alone': figure(auc(scores.map((s) => ({ score: s.length, positive: s.positive }))), ''), ...faults },
    notes: ['labels of the first rater', 'facts and cost were chosen on other folds of the same replies; tried: words and characters of the reply besides (0.976–0.982), ladders of length with and without courtesies, cost 0.05 to 1'],
  })
}
