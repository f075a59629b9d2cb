import { defineTexts } from '../../ui/texts.ts'

export const t = defineTexts({
  title: '自采登记', register: '登记自采件', stays: '{unit}登记的自采件由本单位直接办理', toCentre: '{unit}登记的自采件进入热线中心审核、派发，本单位可一直查看', closed: '“单位自采”渠道没有开放', line: '来自', lineHint: '本单位的服务号码或窗口名称', name: '诉求人', phone: '电话', type: '诉求类型', matter: '诉求事项', subject: '标题', content: '内容', area: '区划', address: '地址', callback: '回访', call: '电话回访', sms: '短信', noCallback: '不用回访', submit: '登记', done: '已登记 {number}', own: '本单位自采件', none: '还没有自采件', all: '全部',
} as const)
