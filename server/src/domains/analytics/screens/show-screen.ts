// Everything a screen draws, in one answer. A device asks no questions of its own: it gets the panels of its boards, counted for its centre,
// without a row, a name or an address of anybody.
import { authorize } from '../../../kernel/access.ts'
import { inTenant, type Ctx } from '../../../kernel/ctx.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { remembered } from '../../../kernel/remembered.ts'
import { figures } from '../../data/index.ts'
import { setting } from '../../platform/index.ts'
import { wallboard } from '../../telephony/index.ts'
import { analyticsFail } from '../analytics.errors.ts'
import type { Board, Panel } from '../board.ts'
import { shownBoard } from '../boards.ts'
import { mapOf } from '../maps/map-data.ts'
import { grained, periodNamed } from '../named-period.ts'
import { deviceRow } from './pairing.ts'
import { smallCell } from './screen-settings.ts'
import type * as contract from './screen-contract.ts'

type Answer = Output<typeof contract.screenBoardRoute>
type PanelAnswer = Answer['panels'][number]
const KEPT_SECONDS = 1.5
/** As many as the longest course of days has. */
const MOST_GROUPS = 62
/** Half a year of days would be cut off in its spring: long courses are of weeks or months, as on the page. */
const courses = new Set<Panel['kind']>(['line', 'area', 'bar', 'stacked'])
/** What follows each event; the rest waits for the refresh of its board. */
const live: readonly Panel['kind'][] = ['figures', 'telephone']

export async function showScreen(ctx: Ctx, input: Input<typeof contract.screenBoardRoute>): Promise<Answer> {
  const device = ctx.actor.kind === 'client'
  if (!device) authorize(ctx, 'data.read')
  else if (!(await deviceRow(ctx, ctx.actor.id ?? '')).boards.includes(input.code)) throw analyticsFail('unknownBoard')
  return remembered(ctx, `screen ${input.code} ${input.live}`, KEPT_SECONDS, async () => {
    // A wall shows its centre as a whole; a person who looks sees no more than anywhere else.
    const reader = device ? inTenant(ctx, ctx.tenantId) : ctx
    const board = await shownBoard(reader, input.code)
    const period = await periodNamed(reader, board.period)
    const small = await setting(ctx, smallCell)
    const panels: PanelAnswer[] = []
    for (const panel of board.panels) if (!input.live || live.includes(panel.kind)) panels.push(await answerOf(reader, board, panel, period, small))
    return { board, ...period, asOf: ctx.clock.now(), live: input.live, small, panels }
  })
}

async function answerOf(ctx: Ctx, board: Board, panel: Panel, period: { from: string; to: string }, small: number): Promise<PanelAnswer> {
  const nothing: PanelAnswer = { id: panel.id, answer: null, groups: [], map: null, telephone: null }
  if (panel.kind === 'text') return nothing
  if (panel.kind === 'telephone') return { ...nothing, telephone: await telephoneNow(ctx) }
  const ask = (where: Board['where'], rest: Partial<Parameters<typeof figures>[1]> = {}) => figures(ctx, { ...period, indicators: panel.indicators, dimensions: courses.has(panel.kind) ? panel.dimensions.map((key) => grained(key, period)) : panel.dimensions, where: [...where, ...panel.where], below: false, known: panel.kind === 'rank', limit: panel.limit ?? MOST_GROUPS, ...(panel.compare ? { compare: panel.compare } : {}), ...(panel.order ? { order: panel.order } : {}), ...rest })
  if (panel.kind === 'groups') {
    const code = panel.indicators[0] ?? ''
    const groups: PanelAnswer['groups'] = []
    for (const group of board.groups) {
      const { total, before } = await ask([...board.where.filter((f) => f.dimension !== 'words'), { dimension: 'words', values: group.words }])
      groups.push({ name: group.name, now: Number(total[code] ?? 0), before: before ? Number(before.total[code] ?? 0) : null })
    }
    return { ...nothing, groups: groups.filter((g) => g.now > 0).toSorted((a, b) => b.now - a.now).slice(0, panel.limit ?? 12) }
  }
  const answer = hideSmall(await ask(board.where), small)
  return { ...nothing, answer, ...(panel.kind === 'map' ? { map: await mapOf(ctx, { ...period, level: panel.dimensions[0] ?? 'county', where: [...board.where, ...panel.where] }) } : {}) }
}

/** Below the street a small number may point at somebody. */
const narrow = ['street', 'community']

function hideSmall(answer: Awaited<ReturnType<typeof figures>>, small: number): Awaited<ReturnType<typeof figures>> {
  if (!answer.rows.some((row) => row.keys.some((k) => narrow.includes(k.dimension)))) return answer
  const hide = (values: Record<string, string | null>): Record<string, string | null> => Object.fromEntries(Object.entries(values).map(([code, value]) => [code, value !== null && Number(value) > 0 && Number(value) < small && answer.columns.some((c) => c.code === code && c.formula === null) ? `<${small}` : value]))
  return { ...answer, rows: answer.rows.map((row) => ({ ...row, values: hide(row.values), before: row.before && hide(row.before) })) }
}

async function telephoneNow(ctx: Ctx): Promise<PanelAnswer['telephone']> {
  const { waiting, seats, today } = await wallboard(ctx)
  return { waiting, ready: seats.ready, talking: seats.talking, busy: seats.busy, arrived: today.arrived, answered: today.answered, abandoned: today.abandoned }
}
