// Names of the pages of administration.
import { defineTexts } from '../../ui/texts.ts'

const zh = {
  tenants: '租户', units: '机构', users: '用户', roles: '角色', groups: '用户组', rights: '权限报表', settings: '参数与字典', calendar: '工作日历', audit: '审计记录', verify: '完整性核验', security: '安全策略', messages: '短信与消息', labels: '标签库', notices: '通知公告', failedWork: '后台处理', directorySync: '机构用户同步', flows: '流程', forms: '表单',
  openUnits: '管理机构', openUsers: '管理用户', openRoles: '管理角色', openSettings: '设置参数', openCalendar: '维护工作日历', openAudit: '查询审计记录',
} as const

export const t = defineTexts(zh)
