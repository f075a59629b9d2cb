// The delivered boards, under their codes. A tenant may change one; the delivered definition stays and can be had back.
import { board, type Board } from '../board.ts'
import { calls } from './calls.ts'
import { cockpit } from './cockpit.ts'
import { live, maps } from './live.ts'
import { screens } from './screens.ts'
import { comparisons, tables, themes } from './themes.ts'

export const shipped: ReadonlyMap<string, Board> = new Map([...live, ...maps, ...cockpit, ...themes, ...comparisons, ...tables, ...calls, ...screens].map((one) => [one.code, board.parse(one)]))
