import { defineTexts } from '../../../ui/texts.ts'

export const t = defineTexts({
  logoutAddress: '退出通知地址', logoutHint: '人员在本平台退出、会话到期或被结束时，向此地址发送签名通知，应用据此一并退出；不填则不通知', clientId: '客户端标识',
  title: '应用与授权', hint: '登记外部系统：接入检查完成后启用，人员准入与角色分开，开放接口须另一人审批。', add: '登记应用', none: '还没有登记应用', code: '应用编码', codeHint: '小写字母、数字和横线，之后不能改；换取令牌时用 编码@租户编码', name: '名称', category: '类别', owner: '归口单位', address: '地址', addressHint: '以 https:// 开头；人员进入时附 60 秒有效的签名票据', account: '服务账户', accountHint: '应用的权限不超过该账户', checklist: '接入检查', c_identity: '身份对接', c_organisation: '机构编码', c_messages: '消息', c_audit: '审计',
  state: '状态', running: '运行中', stopped: '已停用', start: '启用', stop: '停用', stopAsk: '停用后人员进不去，已发的令牌立即失效。', visits: '进入', visitsN: '{n} 次', admitted: '准入', people: '{n} 人', grants: '授权', edit: '修改', save: '保存', saved: '已保存', secret: '应用密钥', secretOnce: '只显示这一次，请立即保存', secretNew: '更换密钥', secretAsk: '旧密钥立即失效。', copied: '已复制', close: '我已保存',
  admissions: '准入人员', admit: '设置准入人员', noAdmissions: '还没有人获准进入', noGrants: '没有开放授权', request: '申请开放授权', purpose: '用途', scopes: '开放的权限', validTo: '有效期至', requested: '待审批', approved: '已批准', refused: '已拒绝', withdrawn: '已收回', expired: '已到期', approve: '批准', refuse: '拒绝', narrow: '缩小', withdraw: '收回', reason: '理由', by: '{who} 申请', decided: '{who} 审批', tokens: '换取令牌 {n} 次', done: '已办理', asked: '已提交，由另一位有审批权的人员审批', choose: '选择一个应用查看准入和授权', own: '应用', enter: '进入',
} as const)
