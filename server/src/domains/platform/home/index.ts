// The home page: what every domain has for this person.
import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../part.ts'
import * as contract from './home-contract.ts'
import { arrangeHome, cardsByRole, resetHome } from './arrange-home.ts'
import { countHome, showHome } from './show-home.ts'

export { todoSources } from './home-sources.ts'
export type { HomeCard, HomeSource, HomeTodo, HomeTone } from './home-sources.ts'

/** Spread into platform's module. */
export const part = definePart({
  routes: [bind(contract.showHome, showHome), bind(contract.countHome, countHome), bind(contract.arrangeHome, arrangeHome), bind(contract.resetHome, resetHome)],
  settings: [cardsByRole],
  realtime: { 'home.counts': { may: '' } },
})
