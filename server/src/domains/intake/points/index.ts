// Points for appeals and the points store (INT-28): a part of intake. Off unless a site turns it on.
import { bind } from '../../../kernel/http/route.ts'
import { implement } from '../../../kernel/port.ts'
import { definePart, exportSources } from '../../platform/index.ts'
import * as contract from './contract.ts'
import { pointEventsOfOrders } from './follow-orders.ts'
import { actOnRedemption, addItem, changeItem, deleteItem, listItems, listRedemptions, redemptionExport, revealReceiver } from './keep-store.ts'
import { cancelOwn, ownEntries, ownPoints, ownRedemptions, publicStore, redeem } from './redeem.ts'
import { pointsFail } from './rules.ts'
import { pointsSettings } from './settings.ts'

export const part = definePart({
  permissions: { 'intake.store': '积分商城' },
  roles: { businessAdmin: { 'intake.store': 'tenant' }, tenantAdmin: { 'intake.store': 'tenant' } },
  routes: [
    bind(contract.ownPoints, ownPoints), bind(contract.ownEntries, ownEntries), bind(contract.publicStore, publicStore), bind(contract.redeem, redeem), bind(contract.ownRedemptions, ownRedemptions), bind(contract.cancelOwn, cancelOwn),
    bind(contract.listItems, listItems), bind(contract.addItem, addItem), bind(contract.changeItem, changeItem), bind(contract.deleteItem, deleteItem), bind(contract.listRedemptions, listRedemptions), bind(contract.actOnRedemption, actOnRedemption), bind(contract.revealReceiver, revealReceiver),
  ],
  events: { handles: pointEventsOfOrders },
  settings: pointsSettings,
  errors: pointsFail,
  implements: [implement(exportSources, () => [redemptionExport])],
})
