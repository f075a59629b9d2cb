import type { RoleCode } from '../../../kernel/module.ts'

type Text = { name: string; group: string; description: string; startPage: string }

/** Names of the shipped roles and the page each starts on. */
export const roleTemplateTexts: Record<RoleCode, Text> = {
  agent: { name: '话务员', group: '热线中心', description: '接听来电，受理各渠道诉求，登记工单', startPage: '/desk/call' },
  shiftLeader: { name: '值班长', group: '热线中心', description: '带班，监控座席，处理疑难来电', startPage: '/desk/lead' },
  reviewer: { name: '审核员', group: '热线中心', description: '审核工单、退单、申请和办理结果', startPage: '/review/pending' },
  dispatcher: { name: '派单员', group: '热线中心', description: '把工单派给责任单位', startPage: '/review/dispatch' },
  callbackAgent: { name: '回访员', group: '热线中心', description: '回访诉求人，登记三率', startPage: '/callback/desk' },
  inspector: { name: '质检员', group: '热线中心', description: '检查通话和工单质量', startPage: '/quality/tasks' },
  supervisor: { name: '督办员', group: '热线中心', description: '督办超期和重点工单', startPage: '/supervision/board' },
  handler: { name: '承办人员', group: '承办单位', description: '签收、办理、反馈本单位工单', startPage: '/unit' },
  unitLeader: { name: '单位负责人', group: '承办单位', description: '审核本单位反馈和申请', startPage: '/unit/approve' },
  leader: { name: '领导', group: '领导', description: '查看运行情况，批示工单', startPage: '/cockpit' },
  matterManager: { name: '事项管理员', group: '管理', description: '维护事项目录、职责清单和时限', startPage: '/matters' },
  businessAdmin: { name: '业务管理员', group: '管理', description: '维护机构、字典、表单和流程', startPage: '/admin/units' },
  tenantAdmin: { name: '租户管理员', group: '管理', description: '管理本租户和下级租户的全部配置与授权', startPage: '/admin/units' },
  systemAdmin: { name: '系统管理员', group: '管理', description: '管理用户、授权、参数和运行', startPage: '/admin/users' },
  auditor: { name: '安全审计员', group: '管理', description: '查看日志，核验日志完整性，不改任何数据', startPage: '/admin/audit' },
}
