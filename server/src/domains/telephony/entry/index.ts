// What callers meet first: announcements and emergency modes. A part of telephony.
import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../../platform/index.ts'
import * as contract from './entry-contract.ts'
import { addAnnouncement, beginMode, changeAnnouncement, endMode, listAnnouncements, listModes, removeAnnouncement } from './keep-entry.ts'

export const part = definePart({
  routes: [bind(contract.listAnnouncements, listAnnouncements), bind(contract.addAnnouncement, addAnnouncement), bind(contract.changeAnnouncement, changeAnnouncement), bind(contract.removeAnnouncement, removeAnnouncement), bind(contract.listModes, listModes), bind(contract.beginMode, beginMode), bind(contract.endMode, endMode)],
})
