// The delivered boards, under their codes. A tenant may change one; the delivered definition stays and can be had back.
import { board, type Board } from '../board.ts'
import { cockpit } from './cockpit.ts'
import { live, screens } from './live.ts'
import { comparisons, tables, themes } from './themes.ts'

export const shipped: ReadonlyMap<string, Board> = new Map([...live, ...cockpit, ...themes, ...comparisons, ...tables, ...screens].map((one) => [one.code, board.parse(one)]))
