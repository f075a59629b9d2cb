import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../part.ts'
import { changeSetting, clearSetting, undoSetting } from './change-setting.ts'
import * as contract from './contract.ts'
import { lockSetting } from './lock-setting.ts'
import { cancelPlannedSetting, listPlannedSettings, plannedCrons, planSetting } from './planned-settings.ts'
import { getSetting, listSettings } from './list-settings.ts'
import { settingErrors } from './setting.errors.ts'

export const part = definePart({
  permissions: { 'platform.readSettings': '查看参数', 'platform.manageSettings': '设置参数' },
  roles: {
    tenantAdmin: { 'platform.readSettings': 'tenantsBelow', 'platform.manageSettings': 'tenantsBelow' },
    systemAdmin: { 'platform.readSettings': 'tenant', 'platform.manageSettings': 'tenant' },
    businessAdmin: { 'platform.readSettings': 'tenant' },
    auditor: { 'platform.readSettings': 'tenant' },
  },
  routes: [
    bind(contract.listSettings, listSettings),
    bind(contract.getSetting, getSetting),
    bind(contract.changeSetting, changeSetting),
    bind(contract.clearSetting, clearSetting),
    bind(contract.lockSetting, lockSetting),
    bind(contract.undoSetting, undoSetting),
    bind(contract.planSetting, planSetting),
    bind(contract.listPlannedSettings, listPlannedSettings),
    bind(contract.cancelPlannedSetting, cancelPlannedSetting),
  ],
  crons: plannedCrons,
  errors: settingErrors,
})
