import { defineTexts } from '../../kit/texts.ts'

export const t = defineTexts({
  forms: '专属表单', formSend: '提交', formSent: '已提交，工作人员会尽快处理',
  title: '企业服务', intro: '用企业名义提交和跟踪诉求', register: '注册企业账号', none: '您还没有企业账号', noneText: '注册并开通后，可以用企业名义提交诉求，增加同事为联系人。', registerIntro: '系统核验信用代码和登记信息，工作人员核对执照和联系人后开通。您将成为企业管理员。',
  creditCode: '统一社会信用代码', creditHelp: '18 位，含校验位', name: '企业名称', nameHelp: '与营业执照一致', industry: '行业', size: '规模', sizeHelp: '例如：50 人以下、300 人以上', address: '经营地址', contactName: '您的姓名', post: '职务', licence: '营业执照照片', licenceHelp: '图片或 PDF，选填；要求人工核实的地方请上传', chooseFile: '选择文件', fileReady: '已上传：{name}', send: '提交申请', sent: '申请已提交', facts: '企业信息', state: '状态', level: '服务等级', manager: '服务专员', reason: '说明',
  pendingText: '正在核实，开通后会在消息中心通知您。', pausedText: '账号已停用，不能以企业名义提交。如有疑问请拨打热线。', contacts: '联系人', you: '本人', addContact: '增加联系人', phone: '手机号', contactPerson: '姓名', role: '角色', admin: '管理员', adminHint: '管理联系人和账户，看全部诉求', contact: '联系人', contactHint: '提交诉求，看自己提交的', add: '增加', added: '已增加', drop: '移除', dropOf: '移除{name}', dropText: '移除后对方不能再以企业名义提交和查看。', dropped: '已移除', cancel: '取消', orders: '企业诉求', ordersOwn: '我以企业名义提交的诉求', services: '服务记录', servicesNone: '还没有服务记录', ordersNone: '还没有以企业名义提交的诉求', submit: '以企业名义提交诉求', more: '更多', registered: '{at} 提交', back: '返回企业服务', at: '{day} 加入', gone: '没有这个企业账号', goneText: '可能已被移除，或链接不正确',
} as const)
