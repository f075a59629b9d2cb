// Short ways to write delivered boards: each gives one panel.
import type { BoardInput, Panel } from '../board.ts'

type PanelInput = BoardInput['panels'][number]
type Rest = Partial<Omit<PanelInput, 'id' | 'kind' | 'title'>>
const make = (kind: Panel['kind']) => (id: string, title: string, indicators: string[], rest: Rest = {}): PanelInput => ({ id, kind, title, indicators, ...rest })
const over = (kind: Panel['kind']) => (id: string, title: string, indicators: string[], dimensions: string[], rest: Rest = {}): PanelInput => ({ id, kind, title, indicators, dimensions, ...rest })

export const figures = make('figures')
export const progress = make('progress')
export const gauge = make('gauge')
export const problems = make('groups')
export const table = over('table')
export const bar = over('bar')
export const stacked = over('stacked')
export const line = over('line')
export const area = over('area')
export const pie = over('pie')
export const rank = over('rank')
export const radar = over('radar')
export const heat = over('heat')
export const map = over('map')
export const telephone = (id: string, title: string, rest: Rest = {}): PanelInput => ({ id, kind: 'telephone', title, ...rest })
