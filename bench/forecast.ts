// Forecasts of calls told again over the past, beside the same half hour a week earlier; and how well Erlang C's seats hold the service level
// when calls really come at random.
import { levelOf, staffing } from '../server/src/domains/telephony/forecast/erlang.ts'
import { backtest, expectDay, SLOTS, type Day } from '../server/src/domains/telephony/forecast/volume.ts'
import { realRows } from './real-data.ts'
import { figure, least, most, percentile, writeResult } from './result.ts'

/** The same numbers on every machine. */
function chances(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

function poisson(mean: number, chance: () => number): number {
  if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance())))
  const limit = Math.exp(-mean)
  let n = 0
  for (let p = chance(); p > limit; p *= chance()) n += 1
  return n
}

/** Half a year of a hotline: two humps a day, weekends at half, a winter that grows, holidays in the week, storms of some hours. */
function hotline(chance: () => number): Day[] {
  const hump = (slot: number, at: number, wide: number): number => Math.exp(-(((slot - at) / wide) ** 2))
  return Array.from({ length: 182 }, (_, i) => {
    const weekday = (i % 7) + 1
    const work = weekday <= 5 && ![40, 41, 42, 110].includes(i)
    const level = 60 * (1 + 0.4 * Math.sin((i / 182) * Math.PI)) * (work ? (weekday === 1 ? 1.15 : 1) : 0.5) * (0.9 + 0.2 * chance())
    const storm = chance() < 0.05 ? Math.floor(chance() * 40) : -1
    return { weekday, work, counts: Array.from({ length: SLOTS }, (__, slot) => poisson(level * (0.05 + hump(slot, 20, 4) + 0.8 * hump(slot, 31, 5)) * (storm >= 0 && slot >= storm && slot < storm + 5 ? 2.2 : 1), chance)) }
  })
}

type Row = { CREATE_TIME?: string }
/** Messages to a district as they were received: no calls, but a real stream. */
function realStream(): Day[] | null {
  const rows = realRows<Row>('department_pingshan')
  if (!rows) return null
  const counts = new Map<string, number[]>()
  for (const { CREATE_TIME: at } of rows) {
    if (!at || at < '2018-09-01') continue
    const day = counts.get(at.slice(0, 10)) ?? Array.from({ length: SLOTS }, () => 0)
    const slot = Number(at.slice(11, 13)) * 2 + (Number(at.slice(14, 16)) >= 30 ? 1 : 0)
    day[slot] = (day[slot] ?? 0) + 1
    counts.set(at.slice(0, 10), day)
  }
  return [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([date, list]) => { const weekday = ((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7) + 1; return { weekday, work: weekday <= 5, counts: list } }) // a date of the data, not of the clock
}

/** Share answered within `seconds` when `seats` serve calls that come and last at random. */
function served(calls: number, handleSeconds: number, seats: number, seconds: number, chance: () => number): number {
  const free = Array.from({ length: seats }, () => 0)
  let [at, within, n] = [0, 0, 0]
  const gap = 1800 / calls
  while (n < 400_000) {
    at -= Math.log(1 - chance()) * gap
    let first = 0
    for (let i = 1; i < seats; i++) if ((free[i] ?? 0) < (free[first] ?? 0)) first = i
    const start = Math.max(at, free[first] ?? 0)
    free[first] = start - Math.log(1 - chance()) * handleSeconds
    if (start - at <= seconds) within += 1
    n += 1
  }
  return (within / n) * 100
}

export function benchForecast(): void {
  const chance = chances(20_261_124)
  const days = hotline(chance)
  const told = backtest(days, 28)
  const real = realStream()
  const realTold = real ? backtest(real, 28) : null
  const began = performance.now()
  for (let i = 0; i < 200; i++) expectDay(days.slice(-63), { weekday: 1, work: true })
  const each = (performance.now() - began) / 200
  const offs = [40, 120, 300].map((calls) => {
    const rule = { calls, slotSeconds: 1800, handleSeconds: 240, share: 80, seconds: 15, occupancy: 98, shrinkage: 0 }
    const { seats, load } = staffing(rule)
    return Math.abs(served(calls, 240, seats, 15, chance) - levelOf(load, seats, 240, 15))
  })
  const worse = (t: typeof told, key: 'halfHour' | 'day'): number => (t[key].error ?? 0) / (t[key].naive ?? 1)
  writeResult('forecast', {
    command: 'npm run bench -- forecast', base: 'no database; half a year of a simulated hotline, and a real stream of messages where it is at hand',
    metrics: {
      'simulated, half hour ahead: error': figure(told.halfHour.error ?? 0, '%'), 'simulated, half hour ahead: same slot a week earlier': figure(told.halfHour.naive ?? 0, '%'), 'simulated, half hour ahead: ours over naive': most(worse(told, 'halfHour'), '×', 0.9),
      'simulated, day ahead: error': figure(told.day.error ?? 0, '%'), 'simulated, day ahead: same day a week earlier': figure(told.day.naive ?? 0, '%'), 'simulated, day ahead: ours over naive': most(worse(told, 'day'), '×', 1),
      ...(realTold ? { 'real messages, half hour ahead: error': figure(realTold.halfHour.error ?? 0, '%'), 'real messages, half hour ahead: same slot a week earlier': figure(realTold.halfHour.naive ?? 0, '%'), 'real messages, half hour ahead: ours over naive': most(worse(realTold, 'halfHour'), '×', 1), 'real messages, day ahead: error': figure(realTold.day.error ?? 0, '%'), 'real messages, day ahead: same day a week earlier': figure(realTold.day.naive ?? 0, '%') } : {}),
      'Erlang C against simulated callers, largest difference': most(percentile(offs, 100), 'points', 2), 'forecast of one queue and day': most(each, 'ms', 5), 'half hours compared': least(told.halfHour.slots, 'half hours', 28 * SLOTS),
    },
    notes: ['error: sum of differences over sum of calls; the last 28 days, each told from what was known before it', 'no history of real calls is at hand here: the real stream is messages to a district, a few to some dozens a day, so that chance alone makes up most of its half-hour error'],
  })
}
