// The delivered boards, under their codes. A tenant may change one; the delivered definition stays and can be had back.
import { board, type Board } from '../board.ts'
import { business } from './business.ts'
import { crossed } from './crossed.ts'
import { calls } from './calls.ts'
import { cockpit } from './cockpit.ts'
import { live, maps } from './live.ts'
import { livelihoods, petitions, regional } from './regional.ts'
import { screens } from './screens.ts'
import { tables } from './tables.ts'
import { comparisons, themes } from './themes.ts'

export const shipped: ReadonlyMap<string, Board> = new Map([...live, ...maps, ...cockpit, ...livelihoods, ...themes, ...business, ...petitions, ...comparisons, ...regional, ...crossed, ...tables, ...calls, ...screens].map((one) => [one.code, board.parse(one)]))
