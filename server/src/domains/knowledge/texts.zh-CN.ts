import type { Audience } from './content.ts'
import type { ItemAct, ItemState, TicketAct, TicketKind, TicketState } from './items/item.ts'

export const itemStateNames: Record<ItemState, string> = { draft: '草稿', inReview: '审核中', returned: '已退回', approved: '待发布', scheduled: '定时发布', published: '已发布', suspended: '已下架', expired: '已失效', discarded: '已废止' }
export const ticketStateNames: Record<TicketState, string> = { draft: '编辑中', inReview: '审核中', returned: '已退回', approved: '待发布', scheduled: '定时发布', done: '已办结', cancelled: '已撤销' }
export const ticketKindNames: Record<TicketKind, string> = { add: '新增', modify: '修改', suspend: '下架', restore: '恢复' }
export const ticketActNames: Record<TicketAct, string> = { edit: '编辑', submit: '提交审核', recall: '撤回', decide: '审核', publish: '发布', unschedule: '取消定时', cancel: '放弃变更' }
export const itemActNames: Record<ItemAct, string> = { modify: '修改', suspend: '申请下架', emergencySuspend: '紧急下架', restore: '申请恢复', discard: '废止', confirm: '确认有效' }
export const audienceNames: Record<Audience, string> = { public: '公众', staff: '全体工作人员', centre: '热线中心', units: '指定单位' }
export const fieldNames: Record<string, string> = {
  title: '标题', summary: '摘要', typeCode: '知识类型', directoryId: '所属目录', directoryIds: '其他目录', basis: '依据', source: '来源', contact: '咨询方式', ownerUnitId: '责任单位', areaCode: '适用区域', audience: '可见范围', audienceUnitIds: '可见单位', groups: '面向群体',
  validFrom: '有效期起', validTo: '有效期止', successorId: '替代知识', keywords: '关键词', wordings: '问法', matterIds: '关联事项', labelIds: '标签', relatedIds: '相关知识', body: '正文', files: '附件',
}
export const trailNames: Record<string, string> = {
  create: '建立', edit: '编辑', submit: '提交审核', recall: '撤回', step: '审核意见', approve: '审核通过', return: '退回', publish: '发布', schedule: '定时发布', unschedule: '取消定时', cancel: '放弃变更', suspend: '下架', emergencySuspend: '紧急下架',
  restore: '恢复', expire: '到期失效', discard: '废止', confirm: '确认有效', move: '调整目录', label: '调整标签', owner: '调整责任单位', validity: '调整有效期', import: '导入', rollback: '恢复旧版为草稿', report: '收到纠错', lock: '应急锁定', purge: '彻底删除', policy: '进入定期确认', share: '共享给', unshare: '停止共享给', scene: '归入场景', unscene: '移出场景', send: '短信发送至', crawled: '原网页有变化', release: '登记发布去向', unrelease: '删除发布去向',
}
