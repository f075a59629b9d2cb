// Case profiles: kinds of orders with own fields, queue, routes, limits and closing rules, as data; and forms of merged lines.
import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../../platform/index.ts'
import { changeProfile, createProfile, listProfiles, shipProfiles, tryProfile } from './manage-profiles.ts'
import { setOrderProfile } from './order-profile.ts'
import * as contract from './profile-contract.ts'
import { profileFail } from './profile.errors.ts'
import { reviewProfileValues, saveProfileValues } from './profile-values.ts'
import { sweepProfileRoutes } from './profile-ways.ts'
import { orderProfile, profileForForm, profileOptions } from './read-profile.ts'

export { lineValues, profileAtRegistration, rematch, type Extensions } from './order-profile.ts'
export { ensureProfiles } from './profile-store.ts'
export { callbackTerms, publicReply, resultNotice } from './result-terms.ts'
export { demandApproval, demandAtClosing, leaderReviews } from './profile-values.ts'
export { profileLimits, profileRoute } from './profile-ways.ts'

const manager = { 'orders.manageProfiles': 'tenant' } as const
const sorter = { 'orders.setProfile': 'tenant' } as const

export const part = definePart({
  permissions: { 'orders.manageProfiles': '维护专项工单类型', 'orders.setProfile': '标注专项类型' },
  roles: { businessAdmin: manager, tenantAdmin: manager, shiftLeader: sorter, reviewer: sorter, dispatcher: sorter },
  errors: profileFail,
  crons: [{ name: 'orders.profileRoutes', everySeconds: 5, run: sweepProfileRoutes }, { name: 'orders.shippedProfiles', everySeconds: 30, run: shipProfiles }],
  routes: [
    bind(contract.profileOptionsRoute, profileOptions), bind(contract.profileForFormRoute, profileForForm), bind(contract.listProfilesRoute, listProfiles), bind(contract.createProfileRoute, createProfile), bind(contract.tryProfileRoute, tryProfile), bind(contract.changeProfileRoute, changeProfile),
    bind(contract.orderProfileRoute, orderProfile), bind(contract.setOrderProfileRoute, setOrderProfile), bind(contract.saveProfileValuesRoute, saveProfileValues), bind(contract.reviewProfileValuesRoute, reviewProfileValues),
  ],
})
