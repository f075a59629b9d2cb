import { defineTexts } from '../../../ui/texts.ts'

const zh = {
  title: '通知公告', publish: '发布通知', kind: '类型', system: '系统', policy: '政策', work: '工作安排', general: '一般', subject: '标题', text: '正文', units: '单位（含下级）', roles: '角色', audienceHint: '单位和角色都不选时，本中心所有人可见', mustRead: '是否须阅读', yes: '须阅读，并发消息提醒', no: '不要求', shownTo: '展示到', shownToHint: '不填则一直展示', files: '附件', published: '已发布', none: '还没有发布过通知', everybody: '所有人', state: '状态', planned: '待展示', shown: '展示中', over: '已结束', withdrawn: '已撤回', read: '已阅', by: '发布', withdraw: '撤回', withdrawTitle: '撤回“{title}”', reason: '原因', done: '已撤回', readers: '阅读情况', readN: '已阅 {n} 人', unreadN: '未阅 {n} 人', audience: '范围', period: '展示时间',
} as const
export const t = defineTexts(zh)
